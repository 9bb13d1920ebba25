package dev.tokenlife.plan;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Counts planned refreshes per second over the next hours, lossy beyond that: seconds that are
 * {@value #SECONDS} apart share a counter. Safe for use by many threads without a lock.
 */
public final class SecondLoad implements Load {
  private static final int SECONDS = 1 << 14;

  private final AtomicIntegerArray counts = new AtomicIntegerArray(SECONDS);

  @Override
  public int at(long millis) {
    return counts.get(slot(millis));
  }

  /** Counts one more. */
  public void add(long millis) {
    counts.incrementAndGet(slot(millis));
  }

  /** Counts one less, once a planned refresh has run or was replanned. */
  public void remove(long millis) {
    counts.updateAndGet(slot(millis), count -> Math.max(0, count - 1));
  }

  private static int slot(long millis) {
    return (int) (Math.floorDiv(millis, 1000L) & (SECONDS - 1));
  }
}
