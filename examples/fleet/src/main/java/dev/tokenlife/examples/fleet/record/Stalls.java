package dev.tokenlife.examples.fleet.record;

import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Notices when the machine stalls: when a bare thread that does nothing but sleep wakes up 50 ms
 * late, whatever else was late then may have waited for the machine. Safe for use by many threads.
 */
public final class Stalls implements AutoCloseable {
  private static final Duration NAP = Duration.ofMillis(10);
  private static final Duration STALL = Duration.ofMillis(50);
  private static final int MOST = 2 * 3_600;

  private final RunClock clock;
  private final AtomicIntegerArray worstMillis = new AtomicIntegerArray(MOST);
  private final Thread sleeper = new Thread(this::watch, "stalls");

  /** Notices nothing by itself. */
  Stalls(RunClock clock) {
    this.clock = clock;
  }

  /** Starts to watch. */
  public static Stalls watch(RunClock clock) {
    Stalls stalls = new Stalls(clock);
    stalls.sleeper.setDaemon(true);
    stalls.sleeper.start();
    return stalls;
  }

  /** Tells what was counted in these seconds from what was counted while the machine stalled. */
  public Split split(Seconds counted, int from, int until) {
    int calm = 0;
    int stalled = 0;
    for (int second = Math.max(0, from); second < until; second++) {
      int here = counted.between(second, second + 1);
      if (here > 0 && hasStalled(second)) {
        stalled += here;
      } else {
        calm += here;
      }
    }
    return new Split(calm, stalled);
  }

  /**
   * Counts of the same thing.
   *
   * @param calm while the machine did what it was asked to
   * @param stalled while it did not
   */
  public record Split(int calm, int stalled) {}

  /** What began in the second before may have been noticed in this one. */
  private boolean hasStalled(int second) {
    return Math.max(worst(second), worst(second - 1)) >= STALL.toMillis();
  }

  private int worst(int second) {
    return worstMillis.get(Math.min(MOST - 1, Math.max(0, second)));
  }

  @Override
  public void close() {
    sleeper.interrupt();
  }

  /** Notes how late the thread woke up. */
  void woke(Duration late) {
    int second = Math.min(MOST - 1, clock.second());
    worstMillis.accumulateAndGet(second, (int) late.toMillis(), Math::max);
  }

  private void watch() {
    TimeSource time = clock.time();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long before = time.nanos();
        time.sleep(NAP);
        woke(Duration.ofNanos(time.nanos() - before).minus(NAP));
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }
}
