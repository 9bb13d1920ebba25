package dev.tokenlife.plan;

/**
 * In which hours of the week a chain is read, learned as it goes: for each hour a counter of two
 * bits that every look moves by one, as a branch predictor has it. What was so for weeks survives
 * one exception, and two in a row change it. Not safe for use by many threads.
 */
public final class Habit {
  private static final long HOUR = 3_600_000;
  private static final int HOURS = 7 * 24;
  private static final int PER_LONG = 32;

  /** Shorter spans are put together before they count. */
  private static final long SHORTEST = 10 * 60_000;

  private static final int UNKNOWN = 0;
  private static final int UNLIKELY = 1;
  private static final int LIKELY = 2;
  private static final int VERY_LIKELY = 3;

  private final long[] counters = new long[(HOURS + PER_LONG - 1) / PER_LONG];
  private long since;
  private boolean used;
  private boolean asleep;

  /** The hour since the epoch that is not counted yet, since more of it may be seen. */
  private long openHour;

  private boolean openUsed;

  /** Knows nothing; what is observed first begins here, epoch milliseconds. */
  public Habit(long since) {
    this.since = since;
    this.openHour = Math.floorDiv(since, HOUR);
  }

  /** Is told whether the chain was read since it was told last. */
  public void observe(long now, boolean read) {
    used |= read;
    if (asleep) {
      wake(now);
    } else if (now - since >= SHORTEST) {
      countSpan(now);
    }
  }

  /** Is told that nothing is refreshed until somebody reads, or until the habit says so. */
  public void sleep() {
    asleep = true;
  }

  /** Returns whether the chain is usually read in the hour of this time. */
  public boolean expects(long at) {
    boolean seen = openUsed && hour(at) == hour(openHour * HOUR);
    return seen || counter(hour(at)) >= LIKELY;
  }

  /**
   * Returns when the chain is usually read next: this time itself or the beginning of an hour;
   * {@link Long#MAX_VALUE} if it is in no hour of the week.
   */
  public long next(long at) {
    if (expects(at)) {
      return at;
    }
    long start = Math.floorDiv(at, HOUR) * HOUR;
    for (int i = 1; i < HOURS; i++) {
      if (expects(start + i * HOUR)) {
        return start + i * HOUR;
      }
    }
    return Long.MAX_VALUE;
  }

  /** Returns how usual it is that the chain is read in the hour of this time, from 0 to 1. */
  public double share(long at) {
    return counter(hour(at)) / (double) VERY_LIKELY;
  }

  /** Nobody read it until now; if somebody did, it was what woke it. */
  private void wake(long now) {
    for (long at = since + HOUR; at < now - HOUR && at < since + HOURS * HOUR; at += HOUR) {
      see(at, false);
    }
    see(now, used);
    restart(now);
  }

  /** Counts for the hours that the span fills by half or more, at least for that of its middle. */
  private void countSpan(long now) {
    long middle = since + (now - since) / 2;
    long last = Math.min(now - HOUR / 2, since + HOURS * HOUR);
    long at = since + HOUR / 2;
    if (at > last) {
      see(middle, used);
    }
    for (; at <= last; at += HOUR) {
      see(at, used);
    }
    restart(now);
  }

  private void restart(long now) {
    since = now;
    used = false;
    asleep = false;
  }

  /** An hour counts once, when it is over: as read if it was at any time. */
  private void see(long at, boolean read) {
    long hour = Math.floorDiv(at, HOUR);
    if (hour != openHour) {
      count(openHour * HOUR, openUsed);
      openHour = hour;
      openUsed = false;
    }
    openUsed |= read;
  }

  private void count(long at, boolean read) {
    int hour = hour(at);
    int before = counter(hour);
    int after = read ? Math.min(VERY_LIKELY, Math.max(LIKELY, before + 1)) : less(before);
    int shift = 2 * (hour % PER_LONG);
    long cleared = counters[hour / PER_LONG] & ~(3L << shift);
    counters[hour / PER_LONG] = cleared | (long) after << shift;
  }

  private static int less(int counter) {
    return counter == UNKNOWN ? UNLIKELY : Math.max(UNLIKELY, counter - 1);
  }

  private int counter(int hour) {
    return (int) (counters[hour / PER_LONG] >>> (2 * (hour % PER_LONG))) & 3;
  }

  private static int hour(long at) {
    return (int) Math.floorMod(Math.floorDiv(at, HOUR), (long) HOURS);
  }
}
