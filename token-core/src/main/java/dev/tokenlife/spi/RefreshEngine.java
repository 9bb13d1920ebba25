package dev.tokenlife.spi;

import dev.tokenlife.model.ChainKey;
import java.time.Duration;
import java.util.Map;

/**
 * Decides when a refresh starts and on which thread. The refresh itself is the same for all: an
 * engine calls {@link EngineContext#run} on a thread of its choice.
 *
 * <p>{@link #start} is called once, before anything else; {@link #close} ends everything. The other
 * methods may be called by many threads at any time between, must not block and must not call
 * {@link EngineContext#run} on the calling thread.
 */
public interface RefreshEngine {
  /** Begins work. */
  void start(EngineContext context);

  /**
   * Is told that a watched chain has a next time: after each token, each failure and when a chain
   * is first watched. It replaces whatever was planned for the key.
   *
   * @param ticket what the call before returned for this key; 0 at first. Calls for one key come
   *     one after the other, so an engine can keep its handle here and needs no index of its own
   * @return the ticket for the next call
   */
  long plan(ChainKey key, PlannedRefresh planned, long ticket);

  /**
   * Is told that somebody asked for a chain that is due or has no usable token.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the engine cannot take it; the
   *     waiters get a clear error at once
   */
  void demand(ChainKey key, Demand demand);

  /** Drops whatever is planned for a key that is no longer watched or is over. */
  void forget(ChainKey key, long ticket);

  /** Returns what is planned for one key, for people; empty if nothing is. */
  String explain(ChainKey key, long ticket);

  /** Returns what the engine does now, as named figures for people and metrics. */
  Map<String, Object> status();

  /**
   * Stops: starts nothing new, lets what runs finish within the timeout, then interrupts it. Leaves
   * no thread. Calling it again does nothing.
   */
  void close(Duration timeout);
}
