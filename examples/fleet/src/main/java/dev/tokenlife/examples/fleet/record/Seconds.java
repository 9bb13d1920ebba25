package dev.tokenlife.examples.fleet.record;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How many there were in each second of a run; what comes after two hours counts for the last one.
 * Safe for use by many threads.
 */
public final class Seconds {
  private static final int MOST = 2 * 3_600;

  private final RunClock clock;
  private final AtomicIntegerArray counts = new AtomicIntegerArray(MOST);

  /** Counts in the seconds of this run. */
  public Seconds(RunClock clock) {
    this.clock = clock;
  }

  /** Counts one now. */
  public void count() {
    counts.incrementAndGet(Math.min(MOST - 1, clock.second()));
  }

  /** Returns how many there were from one second up to before another. */
  public int between(int from, int to) {
    int sum = 0;
    for (int second = Math.max(0, from); second < Math.min(to, MOST); second++) {
      sum += counts.get(second);
    }
    return sum;
  }

  /** Returns how many the fullest of these seconds had. */
  public int most(int from, int to) {
    int most = 0;
    for (int second = Math.max(0, from); second < Math.min(to, MOST); second++) {
      most = Math.max(most, counts.get(second));
    }
    return most;
  }
}
