package dev.tokenlife.scheduler.guard;

/**
 * How many calls may fail: each success pays for a part of one. Once it is spent, calls go on at
 * probe level until successes refill it.
 */
final class RetryBudget {
  private static final double MOST = 50;
  private static final double FIRST = 10;
  private static final double PROBES_PER_SECOND = 1;

  private final double perSuccess;
  private final Pace probes = new Pace();
  private double left = FIRST;
  private boolean starved;

  RetryBudget(double perSuccess) {
    this.perSuccess = perSuccess;
  }

  boolean isSpent() {
    return left < 1;
  }

  /** Returns whether it was spent and calls have been held back since. */
  boolean hasStarved() {
    return starved;
  }

  /** Takes one of the probes that are left; returns 0, or how long to wait, in nanoseconds. */
  long probe(long now) {
    starved = true;
    return probes.take(PROBES_PER_SECOND, now);
  }

  long waiting(long now) {
    return probes.waiting(now);
  }

  void failed() {
    left = Math.max(0, left - 1);
  }

  /** Returns whether this refilled it after calls had been held back. */
  boolean succeeded() {
    left = Math.min(MOST, left + perSuccess);
    boolean refilled = starved && !isSpent();
    starved &= !refilled;
    return refilled;
  }

  /** The upstream is back: it gets at least what it began with. */
  void refill() {
    left = Math.max(left, FIRST);
    starved = false;
  }
}
