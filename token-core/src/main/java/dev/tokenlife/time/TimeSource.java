package dev.tokenlife.time;

import java.time.Duration;

/**
 * Two kinds of time and the waiting on them. Implementations are safe for use by many threads.
 *
 * <p>The wall clock may jump in both directions; {@link ProcessClock} turns it into a clock that
 * never goes back. The ticker never goes back but may stand still while the machine is suspended.
 */
public interface TimeSource {
  /** Returns the wall clock in milliseconds since the epoch, as the machine states it. */
  long wallMillis();

  /** Returns a monotonic ticker in nanoseconds; only differences have a meaning. */
  long nanos();

  /**
   * Runs a short task once, after a delay on the ticker. The task runs on the one timer thread (on
   * the thread that advances, in virtual time) and must not block; what it throws is logged and
   * goes no further.
   *
   * @param delay how long to wait; zero or negative means as soon as possible
   * @return a way to take it back
   */
  Cancellable schedule(Duration delay, Runnable task);

  /**
   * Blocks the calling thread for at least this long on the ticker.
   *
   * @throws InterruptedException if the thread was interrupted before or meanwhile
   */
  void sleep(Duration delay) throws InterruptedException;

  /**
   * Returns the time of this machine. Its single daemon thread starts with the first armed timer
   * and ends by itself a second after the last one.
   */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }

  /** A scheduled task that can be taken back. */
  @FunctionalInterface
  interface Cancellable {
    /**
     * Takes the task back. Does nothing if it ran, runs or was cancelled already; never waits for a
     * running task.
     */
    void cancel();
  }
}
