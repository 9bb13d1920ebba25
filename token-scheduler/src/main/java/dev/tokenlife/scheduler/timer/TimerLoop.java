package dev.tokenlife.scheduler.timer;

import dev.tokenlife.time.ProcessClock;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.ToLongFunction;

/**
 * Calls back when the wall clock reaches the times it was given.
 *
 * <p>A timer fires no later than its deadline, as far as threads are free for it, and early by less
 * than 64 ms and by at most 1/64 of its delay. The loop naps for at most {@value #MAX_NAP_MILLIS}
 * ms and compares the process clock with its plan after each nap, so a stepped clock or a suspended
 * machine is noticed; what fell due meanwhile is handed out most urgent first, at a bounded rate.
 * Nothing armed means that nothing is scheduled and no thread is held.
 *
 * <p>Safe for use by many threads. Arming and cancelling take one short lock and call nobody back
 * on the calling thread. If the executor refuses a turn, the loop tries again a second later.
 */
public final class TimerLoop<T> implements AutoCloseable {
  /** No timer's handle: every method takes it for a timer that is gone. */
  public static final long NONE = Timers.NONE;

  /** The longest nap, in milliseconds. */
  public static final long MAX_NAP_MILLIS = 30_000;

  /** How many timers a second are handed out when the loop begins to catch up after a stall. */
  public static final int CATCH_UP_PER_SECOND = 10_000;

  private static final int BULK = 1_024;

  private final Armed<T> armed;
  private final ProcessClock clock;
  private final Turns<T> turns;
  private boolean closed;

  /**
   * Creates a loop with nothing armed. It starts no thread.
   *
   * @param executor runs the turns that call back, one at a time; it should always have a thread
   *     free, so not one that waits for upstreams
   */
  public TimerLoop(ProcessClock clock, Executor executor, DueCallback<? super T> callback) {
    this(clock, executor, callback, CATCH_UP_PER_SECOND, new WheelTimers());
  }

  TimerLoop(
      ProcessClock clock,
      Executor executor,
      DueCallback<? super T> callback,
      int catchUpPerSecond,
      Timers timers) {
    this.clock = clock;
    this.armed = new Armed<>(timers);
    this.turns = new Turns<>(armed, clock, executor, callback, catchUpPerSecond);
  }

  /**
   * Arms a timer.
   *
   * @param deadline milliseconds since the epoch; a past time means now, and 17 years ahead is the
   *     farthest
   * @return its handle, never to match another timer; {@link #NONE} if the loop is closed
   */
  public long arm(T payload, long deadline) {
    return replace(NONE, payload, deadline);
  }

  /**
   * Moves a timer to another time and payload, or arms a new one if it is gone.
   *
   * @param deadline milliseconds since the epoch; a past time means now
   * @return the same handle, or that of the new timer; {@link #NONE} if the loop is closed
   */
  public long replace(long handle, T payload, long deadline) {
    armed.lock.lock();
    try {
      if (closed) {
        return NONE;
      }
      long now = armed.timeFor(deadline, clock);
      long kept =
          armed.replace(handle, payload, deadline, now)
              ? handle
              : armed.arm(payload, deadline, now);
      turns.aim(now);
      return kept;
    } finally {
      armed.lock.unlock();
    }
  }

  /**
   * Arms many timers, a thousand for each taking of the lock.
   *
   * @return their handles in the same order; {@link #NONE} for those that found the loop closed
   */
  public long[] armAll(List<? extends T> many, ToLongFunction<? super T> deadline) {
    List<T> copy = List.copyOf(many);
    long[] deadlines = copy.stream().mapToLong(deadline).toArray();
    long[] handles = new long[deadlines.length];
    for (int from = 0; from < handles.length; from += BULK) {
      armed.lock.lock();
      try {
        for (int i = from; i < Math.min(handles.length, from + BULK) && !closed; i++) {
          long now = armed.timeFor(deadlines[i], clock);
          handles[i] = armed.arm(copy.get(i), deadlines[i], now);
        }
        turns.aim(0);
      } finally {
        armed.lock.unlock();
      }
    }
    return handles;
  }

  /**
   * Moves a timer to another time. It keeps its handle and its payload.
   *
   * @return false if it fired, is about to, or was cancelled: nothing was changed then
   */
  public boolean rearm(long handle, long deadline) {
    armed.lock.lock();
    try {
      long now = armed.timeFor(deadline, clock);
      boolean moved = armed.rearm(handle, deadline, now);
      turns.aim(now);
      return moved;
    } finally {
      armed.lock.unlock();
    }
  }

  /**
   * Takes a timer back.
   *
   * @return true if nobody will be called back for it; false if somebody was, is about to be, or it
   *     was cancelled
   */
  public boolean cancel(long handle) {
    armed.lock.lock();
    try {
      boolean cancelled = armed.cancel(handle);
      if (armed.size() == 0) {
        turns.rest();
      }
      return cancelled;
    } finally {
      armed.lock.unlock();
    }
  }

  /** Returns whether a timer is still to fire. */
  public boolean isArmed(long handle) {
    armed.lock.lock();
    try {
      return armed.isArmed(handle);
    } finally {
      armed.lock.unlock();
    }
  }

  /** Returns what the loop is doing. */
  public TimerStatus status() {
    long now = clock.readNow();
    armed.lock.lock();
    try {
      long next = armed.nextWake(now);
      return new TimerStatus(
          armed.size(),
          next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next),
          turns.lateness(),
          turns.isCatchingUp());
    } finally {
      armed.lock.unlock();
    }
  }

  /**
   * Drops all timers. When it returns, no callback runs and none will; it waits for the one that
   * runs, unless it is called by that one. So do not hold a lock that the callback waits for.
   * Closing again does nothing.
   */
  @Override
  public void close() {
    armed.lock.lock();
    try {
      closed = true;
      armed.clear();
      turns.rest();
    } finally {
      armed.lock.unlock();
    }
    turns.stop();
  }
}
