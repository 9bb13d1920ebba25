package dev.tokenlife.scheduler.timer;

/**
 * A set of armed timers that knows no clock: every call is told what time it is.
 *
 * <p>A timer fires in the first {@link #drain} at or after its time, never in a later one. It may
 * fire early by at most 1/64 of the delay it was armed with; a delay of more than 17 years counts
 * as 17 years. All times are milliseconds since the epoch; a time that is past means now. A {@code
 * now} before an earlier call's counts as that one.
 *
 * <p>A timer is named by a handle, which is good until it fires or is cancelled and matches no
 * other timer afterwards (until four billion more were armed). Not safe for use by many threads.
 */
interface Timers {
  /** No timer's handle. */
  long NONE = 0;

  /**
   * Returns whether arming for a deadline needs the time. If not, 0 does as well for {@code now}:
   * reading the clock costs more than arming.
   */
  boolean needsTime(long deadline);

  /** Arms a timer and returns its handle. */
  long arm(long deadline, long now);

  /** Arms a timer for each deadline and writes the handles beside them. */
  default void armAll(long[] deadlines, long now, long[] handles) {
    for (int i = 0; i < deadlines.length; i++) {
      handles[i] = arm(deadlines[i], now);
    }
  }

  /** Moves an armed timer to another time; returns false if it fired or was cancelled. */
  boolean rearm(long handle, long deadline, long now);

  /** Takes a timer back; returns false if it fired or was cancelled. */
  boolean cancel(long handle);

  /** Returns whether a timer is armed: false once it fired or was cancelled. */
  boolean isArmed(long handle);

  /** Returns how many timers are armed. */
  int size();

  /**
   * Returns a time not after the next one at which {@link #drain} has something to do; at most
   * {@code now} if it has now, {@link Long#MAX_VALUE} if nothing is armed. It is exact unless
   * timers were cancelled since the last drain.
   */
  long nextWake(long now);

  /**
   * Fires what is due, the earliest first, a bounded number of timers. What is left stays for the
   * next call, which goes on where this one ended. The callback may use this set; what it arms for
   * now may fire in the same call.
   *
   * @return how many fired; less than {@code max} does not mean that nothing is left, see {@link
   *     #nextWake}
   */
  int drain(long now, int max, Firing firing);

  /** Drops all timers and the memory they held. Old handles stay stale. */
  void clear();

  /**
   * Returns the small number that a handle holds. No two armed timers share one, and it stays below
   * the largest number of timers that were armed together: good for keeping things in arrays.
   */
  static int slot(long handle) {
    return (int) handle;
  }

  /** Is told what fired. */
  @FunctionalInterface
  interface Firing {
    /**
     * A timer fired; its handle is spent. The deadline is the one armed, or then's now if later.
     */
    void fire(long handle, long deadline);
  }
}
