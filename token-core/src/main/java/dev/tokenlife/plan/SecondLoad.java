package dev.tokenlife.plan;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Counts planned refreshes per second. Seconds that are {@value #SECONDS} apart share a counter,
 * which belongs to the latest of them that was planned for: a second that has passed is forgotten
 * when its counter is used again, so nobody needs to count down. Safe for use by many threads
 * without a lock; a count may be off by what other threads do meanwhile.
 */
public final class SecondLoad implements Load {
  private static final int BITS = 15;
  private static final int SECONDS = 1 << BITS;
  private static final int COUNT_BITS = 24;
  private static final int MOST = (1 << COUNT_BITS) - 1;

  /** In each counter: which turn of the ring it counts for (8 bits), and how many. */
  private final AtomicIntegerArray counts = new AtomicIntegerArray(SECONDS);

  /** Counts nothing yet. */
  public SecondLoad() {}

  @Override
  public int at(long millis) {
    long second = Math.floorDiv(millis, 1000L);
    int counter = counts.get(slot(second));
    return isPast(second, counter) ? 0 : counter & MOST;
  }

  /** Counts one more. */
  public void add(long millis) {
    long second = Math.floorDiv(millis, 1000L);
    counts.updateAndGet(slot(second), counter -> more(second, counter));
  }

  private static int more(long second, int counter) {
    if (isPast(second, counter)) {
      return turn(second) << COUNT_BITS | 1;
    }
    return (counter & MOST) == MOST ? counter : counter + 1;
  }

  /** Returns whether a counter counts for nothing yet, or for a second an earlier turn ago. */
  private static boolean isPast(long second, int counter) {
    return (counter & MOST) == 0 || (byte) (turn(second) - (counter >>> COUNT_BITS)) > 0;
  }

  private static int turn(long second) {
    return (int) (second >> BITS) & 0xFF;
  }

  private static int slot(long second) {
    return (int) (second & (SECONDS - 1));
  }
}
