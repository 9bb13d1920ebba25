package dev.tokenlife.plan;

import java.util.SplittableRandom;

/** Draws times of a window at random, by how they suit. Busy times only if there are no others. */
final class Draw {
  private static final int TRIES = 12;

  /** How much less often the busiest times are drawn than the quietest: a quarter as often. */
  private static final double SHUN = 0.75;

  /** Beyond this many busy hours in a row there is taken to be nothing but busy ones. */
  private static final int LONGEST_CHAIN = 400;

  private final long from;
  private final long to;
  private final Usage usage;
  private final SplittableRandom random;
  private final boolean hasFree;

  /** Draws between two times, the later one included if it is later. */
  Draw(long from, long to, Usage usage, SplittableRandom random) {
    long free = usage.equals(Usage.NONE) ? from : firstFree(from, to, usage);
    this.hasFree = free <= to;
    this.from = hasFree ? free : from;
    this.to = to;
    this.usage = usage;
    this.random = random;
  }

  long next() {
    if (to <= from) {
      return from;
    }
    if (usage.equals(Usage.NONE)) {
      return uniform(to);
    }
    long last = from;
    for (int i = 0; i < TRIES; i++) {
      long at = uniform(to);
      if (isFree(at)) {
        last = at;
        if (random.nextDouble() >= SHUN * usage.at(at)) {
          return at;
        }
      }
    }
    return last > from ? last : soonAfterFirstFree();
  }

  /** Hardly anything is free: the beginning of it, spread a little. */
  private long soonAfterFirstFree() {
    long at = uniform(from + (to - from) / 16);
    return isFree(at) ? at : from;
  }

  private boolean isFree(long at) {
    return !hasFree || usage.busyUntil(at) <= at;
  }

  private long uniform(long until) {
    return until > from ? random.nextLong(from, until + 1) : from;
  }

  private static long firstFree(long from, long to, Usage usage) {
    long at = from;
    for (int i = 0; i < LONGEST_CHAIN && at <= to; i++) {
      long end = usage.busyUntil(at);
      if (end <= at) {
        return at;
      }
      at = end;
    }
    return Long.MAX_VALUE;
  }
}
