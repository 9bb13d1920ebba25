package dev.tokenlife.spi;

import java.util.List;
import java.util.function.Consumer;

/**
 * The effects of hand-overs, delivered at least once: an effect is read again until it is
 * acknowledged, so a consumer must be idempotent by (chain, seq).
 */
public interface EffectQueue {
  /** Returns up to {@code limit} unacknowledged effects of a partition, in no promised order. */
  List<Effect> read(String partition, int limit);

  /** Removes an effect. Does nothing if it is gone. */
  void acknowledge(Effect effect);

  /**
   * Gives everything that waits in a partition to a consumer, on the calling thread, and
   * acknowledges each effect after the consumer has returned from it. An effect whose consumer
   * threw stays for the next call and holds up no other. Whoever does this at the same time may be
   * given the same effects; a process that dies on the way leaves the effect it was at.
   *
   * @return how many were consumed
   * @throws RuntimeException what the consumer threw first, after all others were given out
   * @throws StoreException if the queue could not be read or an acknowledgement was not confirmed;
   *     call again
   */
  default int deliver(String partition, Consumer<Effect> consumer) {
    return new Delivery(this, partition, consumer).run();
  }
}
