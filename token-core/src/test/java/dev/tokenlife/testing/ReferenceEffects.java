package dev.tokenlife.testing;

import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.EffectQueue;
import java.util.List;

/** The effects in a {@link ReferenceStore}. */
record ReferenceEffects(ReferenceStore store) implements EffectQueue {
  @Override
  public List<Effect> read(String partition, int limit) {
    return store.read(
        tables ->
            tables.companions(partition).values().stream()
                .filter(Companion.EffectRow.class::isInstance)
                .map(row -> ((Companion.EffectRow) row).effect())
                .limit(limit)
                .toList());
  }

  @Override
  public void acknowledge(Effect effect) {
    Object key = ReferenceTables.key(new Companion.EffectRow(effect));
    store.read(tables -> tables.companions(effect.chain().partition()).remove(key) != null);
  }
}
