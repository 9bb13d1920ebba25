package dev.tokenlife.scheduler.timer;

import dev.tokenlife.time.ProcessClock;
import dev.tokenlife.time.TimeSource;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.DeadlineTimerWheel;

/**
 * A timer to measure. Each keeps what it calls a handle in a table of its own, so that all pay for
 * one. Deadlines are milliseconds since the epoch.
 */
interface TimerPeer extends AutoCloseable {
  /** Arms a timer and keeps its handle at an index. */
  void arm(int index, long deadline);

  /** Moves the timer of an index, by cancelling and arming where there is no other way. */
  default void rearm(int index, long deadline) {
    cancel(index);
    arm(index, deadline);
  }

  /** Cancels the timer of an index. */
  void cancel(int index);

  /** Swaps what two indexes name. */
  void swap(int index, int other);

  /** Arms a timer without keeping its handle. */
  void armOnly(Object payload, long deadline);

  @Override
  void close();

  /** Creates one by name, with a table of handles of a size. */
  static TimerPeer create(String name, int table) {
    return switch (name) {
      case "wheel" -> new Wheel(table);
      case "loop" -> new Loop(table);
      case "executor" -> new Executor(table);
      case "netty" -> new Netty(table);
      case "agrona" -> new Agrona(table);
      case "memory" -> new Memory(table);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /**
   * No timer but the limit: the records of memory that a doubly linked list must touch, 16 bytes
   * each and scattered: one to link something in, three to take it out.
   */
  final class Memory implements TimerPeer {
    private final long[] records;
    private long touched;

    Memory(int table) {
      records = new long[table * 2];
    }

    @Override
    public void arm(int index, long deadline) {
      touch(deadline);
    }

    @Override
    public void rearm(int index, long deadline) {
      cancel(index);
    }

    @Override
    public void cancel(int index) {
      touch(1);
      touch(2);
      touch(3);
    }

    @Override
    public void swap(int index, int other) {}

    @Override
    public void armOnly(Object payload, long deadline) {
      throw new UnsupportedOperationException("operations only");
    }

    @Override
    public void close() {}

    private void touch(long value) {
      long scattered = (++touched * 0x9E3779B97F4A7C15L) >>> 32;
      records[(int) ((scattered * records.length) >>> 32)] += value;
    }
  }

  /**
   * Our wheel under a lock, told the time once for each 1024 calls, as a caller in a hurry would.
   */
  final class Wheel implements TimerPeer {
    private final ReentrantLock lock = new ReentrantLock();
    private final WheelTimers timers = new WheelTimers();
    private final long[] handles;
    private long now;
    private int calls;

    Wheel(int table) {
      handles = new long[table];
    }

    @Override
    public void arm(int index, long deadline) {
      long at = now();
      lock.lock();
      try {
        handles[index] = timers.arm(deadline, at);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void rearm(int index, long deadline) {
      long at = now();
      lock.lock();
      try {
        timers.rearm(handles[index], deadline, at);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void cancel(int index) {
      lock.lock();
      try {
        timers.cancel(handles[index]);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void swap(int index, int other) {
      long handle = handles[index];
      handles[index] = handles[other];
      handles[other] = handle;
    }

    @Override
    public void armOnly(Object payload, long deadline) {
      timers.arm(deadline, now());
    }

    @Override
    public void close() {
      timers.clear();
    }

    private long now() {
      if ((calls++ & 1023) == 0) {
        now = System.currentTimeMillis();
      }
      return now;
    }
  }

  /** Our whole timer: clock, lock, wheel, payload, wake-up. */
  final class Loop implements TimerPeer {
    private final TimerLoop<Object> loop =
        new TimerLoop<>(
            new ProcessClock(TimeSource.system()), Runnable::run, (payload, deadline) -> {});
    private final long[] handles;

    Loop(int table) {
      handles = new long[table];
    }

    @Override
    public void arm(int index, long deadline) {
      handles[index] = loop.arm(this, deadline);
    }

    @Override
    public void rearm(int index, long deadline) {
      loop.rearm(handles[index], deadline);
    }

    @Override
    public void cancel(int index) {
      loop.cancel(handles[index]);
    }

    @Override
    public void swap(int index, int other) {
      long handle = handles[index];
      handles[index] = handles[other];
      handles[other] = handle;
    }

    @Override
    public void armOnly(Object payload, long deadline) {
      loop.arm(payload, deadline);
    }

    @Override
    public void close() {
      loop.close();
    }
  }

  /** The JDK's. */
  final class Executor implements TimerPeer {
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
    private final ScheduledFuture<?>[] handles;

    Executor(int table) {
      handles = new ScheduledFuture<?>[table];
      executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void arm(int index, long deadline) {
      handles[index] = schedule(() -> {}, deadline);
    }

    @Override
    public void cancel(int index) {
      handles[index].cancel(false);
    }

    @Override
    public void swap(int index, int other) {
      ScheduledFuture<?> handle = handles[index];
      handles[index] = handles[other];
      handles[other] = handle;
    }

    @Override
    public void armOnly(Object payload, long deadline) {
      schedule(payload::hashCode, deadline);
    }

    @Override
    public void close() {
      executor.shutdownNow();
    }

    private ScheduledFuture<?> schedule(Runnable task, long deadline) {
      long delay = deadline - System.currentTimeMillis();
      return executor.schedule(task, delay, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Netty's wheel with its default tick of 100 ms and 512 buckets. Its own thread does half of it.
   */
  final class Netty implements TimerPeer {
    private final HashedWheelTimer timer = new HashedWheelTimer();
    private final Timeout[] handles;

    Netty(int table) {
      handles = new Timeout[table];
    }

    @Override
    public void arm(int index, long deadline) {
      handles[index] = schedule(this, deadline);
    }

    @Override
    public void cancel(int index) {
      handles[index].cancel();
    }

    @Override
    public void swap(int index, int other) {
      Timeout handle = handles[index];
      handles[index] = handles[other];
      handles[other] = handle;
    }

    @Override
    public void armOnly(Object payload, long deadline) {
      schedule(payload, deadline);
    }

    @Override
    public void close() {
      timer.stop();
    }

    private Timeout schedule(Object payload, long deadline) {
      long delay = deadline - System.currentTimeMillis();
      return timer.newTimeout(timeout -> payload.hashCode(), delay, TimeUnit.MILLISECONDS);
    }
  }

  /** Agrona's wheel under a lock. It carries no payload and names a timer by its place. */
  final class Agrona implements TimerPeer {
    private final ReentrantLock lock = new ReentrantLock();
    private final DeadlineTimerWheel timers =
        new DeadlineTimerWheel(TimeUnit.MILLISECONDS, System.currentTimeMillis(), 16, 1 << 18);
    private final long[] handles;

    Agrona(int table) {
      handles = new long[table];
    }

    @Override
    public void arm(int index, long deadline) {
      lock.lock();
      try {
        handles[index] = timers.scheduleTimer(deadline);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void cancel(int index) {
      lock.lock();
      try {
        timers.cancelTimer(handles[index]);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void swap(int index, int other) {
      long handle = handles[index];
      handles[index] = handles[other];
      handles[other] = handle;
    }

    @Override
    public void armOnly(Object payload, long deadline) {
      timers.scheduleTimer(deadline);
    }

    @Override
    public void close() {
      timers.clear();
    }
  }
}
