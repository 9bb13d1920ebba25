package dev.tokenlife.spi;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.time.ProcessClock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What an engine has to work with. Safe for use by many threads. */
public interface EngineContext {
  /**
   * Runs the one refresh path for a chain on the calling thread.
   *
   * <p>{@code ended} is called exactly once, when the attempt has ended: before this returns, or,
   * if the source does not heed its deadline, on another thread while this one still hangs. {@link
   * RefreshEngine#plan} has been called with the next time by then. If the chain is being refreshed
   * already, it ends at once with {@link RefreshOutcome.Joined}. Never throws.
   */
  void run(ChainKey key, Trigger trigger, Consumer<RefreshOutcome> ended);

  /**
   * Gives up a demand that was taken and will not be run: its waiters get a clear error at once.
   * Does nothing once the attempt has begun.
   */
  void shed(ChainKey key, String reason);

  /** Returns the process clock. */
  ProcessClock clock();

  /** Returns the workers of the library: bounded, named daemon threads, or the given executor. */
  Executor executor();

  /** Returns the upstream a chain belongs to. */
  String upstream(ChainKey key);

  /** Returns the guard. */
  UpstreamGuard guard();

  /**
   * Returns whether anybody read the chain since its last plan, and clears nothing. Always true in
   * shared mode, for who reads in other processes is not known here.
   */
  boolean used(ChainKey key);

  /**
   * Is asked when a chain's planned time has come, and returns when somebody is likely to miss it:
   * now or before for a refresh at once, a later time for one then, {@link Long#MAX_VALUE} for
   * letting it sleep until it is read. Epoch milliseconds. By the chain's habits if they are
   * learned, else by whether it was read.
   */
  default long likelyAt(ChainKey key) {
    return used(key) ? 0 : Long.MAX_VALUE;
  }

  /**
   * Is asked when a chain is about to be refreshed ahead of time, and returns until when that
   * should wait, since somebody is reading it just now; 0 for not at all. Epoch milliseconds, never
   * beyond the window that its policy gives. Until then a read starts no refresh either.
   */
  default long pausesAt(ChainKey key) {
    return 0;
  }

  /** Returns for when the engine was last told to act, epoch milliseconds; 0 if for nothing. */
  default long plannedAt(ChainKey key) {
    return 0;
  }

  /** Returns until when the chain's present token is served, epoch milliseconds; 0 without one. */
  long serveUntil(ChainKey key);

  /** Returns how long one call to a source may take. */
  Duration callDeadline();

  /** Tells the listeners. */
  void tell(TokenEvent event);
}
