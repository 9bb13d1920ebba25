package dev.tokenlife.scheduler.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Who reads when, made from a seed: the same seed gives the same trace. Times are milliseconds
 * since the trace began, which is midnight between Sunday and Monday.
 *
 * @param name for people
 * @param reads in the order of their times
 */
record Trace(String name, List<Read> reads) {
  static final long MINUTE = 60_000;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  /** One user reads once. */
  record Read(long at, int user) {}

  /**
   * People at work: from about nine to about five on weekdays, each with a beginning of their own,
   * about every six minutes; away on every twelfth day; now and then an evening.
   */
  static Trace office(long seed, int users, int days) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Read> reads = new ArrayList<>();
    for (int user = 0; user < users; user++) {
      long begins = 9 * HOUR + random.nextLong(-30 * MINUTE, 30 * MINUTE);
      for (int day = 0; day < days; day++) {
        boolean works = day % 7 < 5 && random.nextInt(12) > 0;
        long from = day * DAY + begins + random.nextLong(-10 * MINUTE, 10 * MINUTE);
        if (works) {
          session(reads, random, user, from, from + 8 * HOUR, 6 * MINUTE);
        }
        if (random.nextInt(20) == 0) {
          long evening = day * DAY + 20 * HOUR;
          session(reads, random, user, evening, evening + 2 * HOUR, 10 * MINUTE);
        }
      }
    }
    return new Trace("office", sorted(reads));
  }

  /** Users all over the world, or machines: each reads about every 25 minutes at any time. */
  static Trace flat(long seed, int users, int days) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Read> reads = new ArrayList<>();
    for (int user = 0; user < users; user++) {
      session(reads, random, user, 0, days * DAY, 25 * MINUTE);
    }
    return new Trace("flat", sorted(reads));
  }

  /** Nightly jobs: a burst of about 60 reads within ten minutes, begun by the clock. */
  static Trace batch(long seed, int users, int days) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Read> reads = new ArrayList<>();
    for (int user = 0; user < users; user++) {
      long begins = 2 * HOUR + random.nextInt(8) * 30L * MINUTE;
      for (int day = 0; day < days; day++) {
        long from = day * DAY + begins + random.nextLong(2 * MINUTE);
        session(reads, random, user, from, from + 10 * MINUTE, 10_000);
      }
    }
    return new Trace("batch", sorted(reads));
  }

  /** Reads at random, so many milliseconds apart on average. */
  private static void session(
      List<Read> reads, SplittableRandom random, int user, long from, long to, long apart) {
    long at = from;
    while (at < to) {
      reads.add(new Read(at, user));
      at += 1 + (long) (-Math.log(1 - random.nextDouble()) * apart);
    }
  }

  private static List<Read> sorted(List<Read> reads) {
    reads.sort(Comparator.comparingLong(Read::at).thenComparingInt(Read::user));
    return List.copyOf(reads);
  }
}
