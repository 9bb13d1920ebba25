package dev.tokenlife.spi;

import java.util.List;

/**
 * The effects of hand-overs, delivered at least once: an effect is read again until it is
 * acknowledged, so a consumer must be idempotent by (chain, seq).
 */
public interface EffectQueue {
  /** Returns up to {@code limit} unacknowledged effects of a partition, in no promised order. */
  List<Effect> read(String partition, int limit);

  /** Removes an effect. Does nothing if it is gone. */
  void acknowledge(Effect effect);
}
