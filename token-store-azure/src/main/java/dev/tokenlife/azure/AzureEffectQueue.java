package dev.tokenlife.azure;

import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.EffectQueue;
import java.util.List;
import java.util.Optional;

/** Reads effects by the range of their row keys and removes what was acknowledged. */
final class AzureEffectQueue implements EffectQueue {
  private final Table table;
  private final Ranges ranges;
  private final Calls calls;
  private final Keys keys;

  AzureEffectQueue(Table table, Ranges ranges, Calls calls, Keys keys) {
    this.table = table;
    this.ranges = ranges;
    this.calls = calls;
    this.keys = keys;
  }

  @Override
  public List<Effect> read(String partition, int limit) {
    return ranges
        .across(
            keys.partitionKeys(partition),
            partitionKey -> Keys.ofKind(partitionKey, Keys.EFFECT),
            Optional.empty(),
            limit)
        .items()
        .stream()
        .map(CompanionCodec::effect)
        .toList();
  }

  @Override
  public void acknowledge(Effect effect) {
    String partitionKey = keys.partitionKey(effect.chain());
    String rowKey = Keys.effect(effect.chain().id(), effect.seq());
    calls.repeatable(
        table.what("acknowledgement", partitionKey, rowKey),
        deadline -> {
          table.delete(deadline, partitionKey, rowKey);
          return true;
        });
  }
}
