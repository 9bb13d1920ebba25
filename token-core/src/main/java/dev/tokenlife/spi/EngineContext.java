package dev.tokenlife.spi;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.time.ProcessClock;
import java.time.Duration;
import java.util.concurrent.Executor;

/** What an engine has to work with. Safe for use by many threads. */
public interface EngineContext {
  /**
   * Runs the one refresh path for a chain on the calling thread and returns when the attempt has
   * ended. If the chain is being refreshed already, returns {@link RefreshOutcome.Joined} at once.
   * Never throws; the outcome says what happened, and {@link RefreshEngine#plan} has been called
   * with the next time before it returns.
   */
  RefreshOutcome run(ChainKey key, Trigger trigger);

  /** Returns the process clock. */
  ProcessClock clock();

  /** Returns the workers of the library: bounded, named daemon threads, or the given executor. */
  Executor executor();

  /** Returns the upstream a chain belongs to. */
  String upstream(ChainKey key);

  /** Returns the guard. */
  UpstreamGuard guard();

  /** Returns whether anybody read the chain since its last plan, and clears nothing. */
  boolean used(ChainKey key);

  /** Returns how long one call to a source may take. */
  Duration callDeadline();

  /** Tells the listeners. */
  void tell(TokenEvent event);
}
