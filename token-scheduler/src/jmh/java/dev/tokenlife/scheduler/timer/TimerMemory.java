package dev.tokenlife.scheduler.timer;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What ten million armed timers hold, what they add to a full collection, and what they cost while
 * nothing is due. One row of a table for one peer.
 */
public final class TimerMemory {
  private static final int ARMED = 10_000_000;
  private static final int IDLE_SECONDS = 40;

  private TimerMemory() {}

  /**
   * Measures one peer. Its timers share one payload, or have one each, which exists before and is
   * reachable otherwise.
   */
  public static void main(String... args) throws InterruptedException {
    String name = args[0];
    boolean distinct = args.length > 1;
    Object[] payloads =
        IntStream.range(0, distinct ? ARMED : 1).mapToObj(i -> new Object()).toArray();
    Random random = new Random(1);
    try (TimerPeer timers = TimerPeer.create(name, 0)) {
      timers.armOnly(payloads[0], System.currentTimeMillis() + 3_600_000);
      long collectionBefore = collectionMillis();
      long usedBefore = used();
      for (int i = 0; i < ARMED; i++) {
        long ahead = 3_600_000 + random.nextInt(3_000_000);
        timers.armOnly(payloads[distinct ? i : 0], System.currentTimeMillis() + ahead);
      }
      TimeUnit.SECONDS.sleep(15); // Netty takes them in at 1 M a second.
      long collectionAfter = collectionMillis();
      long bytes = used() - usedBefore;
      double idle = idle();
      System.out.printf(
          Locale.ROOT,
          "| %s%s | %.1f | %d | %.3f |%n",
          name,
          distinct ? ", 10 M payloads" : "",
          (double) bytes / ARMED,
          collectionAfter - collectionBefore,
          idle);
      if (payloads.length == 0) {
        throw new AssertionError("keeps the payloads reachable");
      }
    }
  }

  /** Returns the shortest of seven full collections, in milliseconds; the others met other work. */
  private static long collectionMillis() {
    System.gc();
    long[] millis = new long[7];
    for (int i = 0; i < millis.length; i++) {
      long before = collected();
      System.gc();
      millis[i] = collected() - before;
    }
    Arrays.sort(millis);
    return millis[0];
  }

  private static long collected() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Returns the processor time of the whole process, in percent of one core. */
  private static double idle() throws InterruptedException {
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    TimeUnit.SECONDS.sleep(5);
    long before = machine.getProcessCpuTime();
    TimeUnit.SECONDS.sleep(IDLE_SECONDS);
    return (machine.getProcessCpuTime() - before) / 1e7 / IDLE_SECONDS;
  }
}
