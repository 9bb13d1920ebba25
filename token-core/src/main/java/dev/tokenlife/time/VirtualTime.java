package dev.tokenlife.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Time that moves only when it is told to, for tests and simulations.
 *
 * <p>{@link #advance} runs the timers that fall due, in the order of their times and, at one time,
 * in the order they were armed, each on the advancing thread and at exactly its own time. The wall
 * clock can be stepped apart from the ticker, as a machine's clock is. Safe for use by many
 * threads; two threads advance one after the other.
 */
public final class VirtualTime implements TimeSource {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final ReentrantLock advancing = new ReentrantLock();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>(Timer.ORDER);
  private long nanos;
  private long wallOffsetMillis;
  private long armed;

  private record Timer(long at, long order, Runnable task, AtomicBoolean live) {
    static final Comparator<Timer> ORDER =
        Comparator.comparingLong(Timer::at).thenComparingLong(Timer::order);
  }

  /** Starts at 2030-01-01T00:00:00Z. */
  public VirtualTime() {
    this(Instant.parse("2030-01-01T00:00:00Z"));
  }

  /** Starts at the given wall time, cut to milliseconds. */
  public VirtualTime(Instant start) {
    wallOffsetMillis = start.toEpochMilli();
  }

  @Override
  public long wallMillis() {
    return read(() -> wallOffsetMillis + Math.floorDiv(nanos, 1_000_000L));
  }

  @Override
  public long nanos() {
    return read(() -> nanos);
  }

  /** Returns the wall time as an instant, for reading in tests. */
  public Instant instant() {
    return Instant.ofEpochMilli(wallMillis());
  }

  /** Returns how many timers are armed. */
  public int armedTimers() {
    return (int) read(timers::size);
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    lock.lock();
    try {
      long at = nanos + Math.max(0, delay.toNanos());
      Timer timer = new Timer(at, armed++, task, new AtomicBoolean(true));
      timers.add(timer);
      return () -> cancel(timer);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void sleep(Duration delay) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long until = nanos + Math.max(0, delay.toNanos());
      while (nanos < until) {
        moved.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves both clocks forward and runs what falls due on the way. What a timer throws is thrown
   * here, with the clock standing at that timer's time.
   */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("time is advanced by zero or more, not by " + by);
    }
    advancing.lock();
    try {
      long until = nanos() + by.toNanos();
      for (Timer due = next(until); due != null; due = next(until)) {
        if (due.live.getAndSet(false)) {
          due.task.run();
        }
      }
      moveTo(until);
    } finally {
      advancing.unlock();
    }
  }

  /** Steps the wall clock alone, forward or back, as an administrator or a bad server would. */
  public void stepWall(Duration by) {
    lock.lock();
    try {
      wallOffsetMillis += by.toMillis();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Timer next(long until) {
    lock.lock();
    try {
      Timer due = timers.peek();
      if (due == null || due.at > until) {
        return null;
      }
      timers.remove();
      moveTo(Math.max(nanos, due.at));
      return due;
    } finally {
      lock.unlock();
    }
  }

  private void moveTo(long to) {
    lock.lock();
    try {
      nanos = Math.max(nanos, to);
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void cancel(Timer timer) {
    if (timer.live.getAndSet(false)) {
      lock.lock();
      try {
        timers.remove(timer);
      } finally {
        lock.unlock();
      }
    }
  }

  private long read(LongSupplier value) {
    lock.lock();
    try {
      return value.getAsLong();
    } finally {
      lock.unlock();
    }
  }
}
