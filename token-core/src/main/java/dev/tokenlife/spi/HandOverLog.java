package dev.tokenlife.spi;

import dev.tokenlife.model.ChainKey;
import java.util.List;
import java.util.function.Consumer;

/**
 * Who handed a chain to whom, and when. A chain's row remembers the last hand-over only; a log is
 * the history, written from the effects that each hand-over leaves:
 *
 * <pre>{@code
 * HandOverLog log = HandOverLog.recent(10_000, 50);
 * chains.effects().deliver("session-7", log);
 * List<Effect> history = log.of(key);
 * }</pre>
 *
 * <p>An effect may come twice and in any order: writing one again, keyed (chain, seq), must change
 * nothing. Implement this on a table of the application to keep a history for good. Nothing in an
 * effect is secret.
 */
public interface HandOverLog extends Consumer<Effect> {
  /** Writes one hand-over down; it is durable, as far as this log is, when this returns. */
  @Override
  void accept(Effect handOver);

  /** Returns what is known of a chain, in the order of seq; empty if nothing is. */
  List<Effect> of(ChainKey chain);

  /**
   * A log in memory, bounded both ways: the newest hand-overs of the chains that were handed over
   * last. It ends with the process. Safe for use by many threads.
   *
   * @param chains how many chains at most; the one that was not written to for longest goes
   * @param perChain how many hand-overs of each at most; the oldest go
   */
  static HandOverLog recent(int chains, int perChain) {
    return new RecentHandOvers(chains, perChain);
  }
}
