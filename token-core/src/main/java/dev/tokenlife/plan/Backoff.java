package dev.tokenlife.plan;

import java.util.SplittableRandom;

/** How long to wait after failures; pure, with the randomness given. All in milliseconds. */
public final class Backoff {
  private static final long FIRST = 1_000;
  private static final long LONGEST = 5 * 60_000;
  private static final long NEGATIVE_FIRST = 2_500;
  private static final long SHORTEST = 100;

  private Backoff() {}

  /**
   * Full jitter: anything up to 1 s doubling to 5 min, never beyond half of the remaining life
   * while there is one.
   *
   * @param failures how many attempts have failed in a row, 1 or more
   * @param remaining how long the present token is still usable; 0 or less for not at all
   */
  public static long transientDelay(int failures, long remaining, SplittableRandom random) {
    long most = doubled(FIRST, failures - 1, LONGEST);
    if (remaining > 0) {
      most = Math.min(most, Math.max(SHORTEST, remaining / 2));
    }
    return Math.max(SHORTEST, random.nextLong(most + 1));
  }

  /**
   * How long a permanent failure is believed: 1 to 5 s at first, growing to 5 min.
   *
   * @param failures how many attempts have failed in a row, 1 or more
   */
  public static long permanentDelay(int failures, SplittableRandom random) {
    long middle = doubled(NEGATIVE_FIRST, failures - 1, LONGEST);
    return Math.min(LONGEST, middle * 2 / 5 + random.nextLong(middle * 8 / 5 + 1));
  }

  private static long doubled(long first, int times, long most) {
    return times >= 20 ? most : Math.min(most, first << Math.max(0, times));
  }
}
