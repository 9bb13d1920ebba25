package dev.tokenlife.memory;

import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.EffectQueue;
import java.util.List;

/** The effects that nobody acknowledged yet; they outlive their chains. */
record MemoryEffects(CompanionTable companions) implements EffectQueue {
  @Override
  public List<Effect> read(String partition, int limit) {
    MemoryListing.checkLimit(limit);
    return companions.effects(partition, limit);
  }

  @Override
  public void acknowledge(Effect effect) {
    companions.remove(effect.chain().partition(), new Companion.EffectRow(effect));
  }
}
