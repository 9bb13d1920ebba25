package dev.tokenlife.scheduler.timer;

import dev.tokenlife.time.ProcessClock;
import dev.tokenlife.time.TimeSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * How late timers are on this machine, with 10 000 firing a second for 20 s above a million that
 * are armed, beside a bare thread that parks for a millisecond at a time in the same seconds.
 */
public final class TimerLateness {
  private static final int PER_SECOND = 10_000;
  private static final int SECONDS = 20;
  private static final int WARMUP_SECONDS = 5;

  private TimerLateness() {}

  /** Prints a table. */
  public static void main(String... args) throws InterruptedException {
    ProcessClock clock = new ProcessClock(TimeSource.system());
    ExecutorService turns = Executors.newSingleThreadExecutor();
    long[] late = new long[PER_SECOND * (SECONDS + WARMUP_SECONDS)];
    AtomicInteger fired = new AtomicInteger();
    int skipped = PER_SECOND * WARMUP_SECONDS;
    try (TimerLoop<Object> loop =
        new TimerLoop<>(
            clock,
            turns,
            (payload, deadline) -> {
              if (payload == late) {
                late[fired.getAndIncrement()] = System.currentTimeMillis() - deadline;
              }
            })) {
      Random random = new Random(1);
      for (int i = 0; i < 1_000_000; i++) {
        loop.arm(clock, clock.now() + 3_600_000 + random.nextInt(3_600_000));
      }
      Parked parked = new Parked();
      long start = clock.now() + 1_000;
      for (int tick = 0; tick < late.length / 10; tick++) {
        while (clock.now() < start + tick) {
          LockSupport.parkNanos(100_000);
        }
        if (tick == WARMUP_SECONDS * 1_000) {
          parked.start();
        }
        for (int i = 0; i < 10; i++) {
          loop.arm(late, start + tick + 100 + random.nextInt(900));
        }
      }
      TimeUnit.SECONDS.sleep(2);
      long[] parkedLate = parked.end();
      System.out.println(
          "\n| late, ms | count | p50 | p99 | p99.9 | max |\n|---|---|---|---|---|---|");
      print("timers", Arrays.copyOfRange(late, skipped, fired.get()), 1);
      print("parked thread", parkedLate, 1e6);
    }
    turns.shutdown();
  }

  private static void print(String name, long[] late, double unit) {
    Arrays.sort(late);
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %.1f | %.1f | %.1f | %.1f |%n",
        name,
        late.length,
        late[late.length / 2] / unit,
        late[(int) (late.length * 0.99)] / unit,
        late[(int) (late.length * 0.999)] / unit,
        late[late.length - 1] / unit);
  }

  /** A thread that does nothing but park for 1 ms and look how long that was. */
  private static final class Parked extends Thread {
    private final long[] late = new long[SECONDS * 1_000];
    private int count;
    private volatile boolean stopped;

    @Override
    public void run() {
      while (!stopped && count < late.length) {
        long before = System.nanoTime();
        LockSupport.parkNanos(1_000_000);
        late[count++] = System.nanoTime() - before - 1_000_000;
      }
    }

    long[] end() throws InterruptedException {
      stopped = true;
      join();
      return Arrays.copyOf(late, count);
    }
  }
}
