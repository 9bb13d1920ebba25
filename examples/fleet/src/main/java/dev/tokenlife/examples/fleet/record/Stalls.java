package dev.tokenlife.examples.fleet.record;

import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How late a bare thread wakes up that does nothing but sleep: what was late in the same second may
 * have waited for the machine. Safe for use by many threads.
 */
public final class Stalls implements AutoCloseable {
  private static final Duration NAP = Duration.ofMillis(10);
  private static final int MOST = 2 * 3_600;

  private final RunClock clock;
  private final AtomicIntegerArray worstMillis = new AtomicIntegerArray(MOST);
  private final Thread sleeper = new Thread(this::watch, "stalls");

  private Stalls(RunClock clock) {
    this.clock = clock;
  }

  /** Starts to watch. */
  public static Stalls watch(RunClock clock) {
    Stalls stalls = new Stalls(clock);
    stalls.sleeper.setDaemon(true);
    stalls.sleeper.start();
    return stalls;
  }

  /** Returns how late the thread was at worst in this second, or in the one before. */
  public Duration worst(int second) {
    int here = worstMillis.get(Math.min(MOST - 1, Math.max(0, second)));
    int before = worstMillis.get(Math.min(MOST - 1, Math.max(0, second - 1)));
    return Duration.ofMillis(Math.max(here, before));
  }

  @Override
  public void close() {
    sleeper.interrupt();
  }

  private void watch() {
    TimeSource time = clock.time();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long before = time.nanos();
        time.sleep(NAP);
        int late = (int) Duration.ofNanos(time.nanos() - before).minus(NAP).toMillis();
        worstMillis.accumulateAndGet(Math.min(MOST - 1, clock.second()), late, Math::max);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }
}
