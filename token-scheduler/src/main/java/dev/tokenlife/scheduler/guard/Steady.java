package dev.tokenlife.scheduler.guard;

/**
 * How many calls a second an upstream usually takes: a slow average over calm times. A ramp to
 * nearly twice of it must stay below twice, so its error has to be small: about a 14th at 10 calls
 * a second.
 */
final class Steady {
  private static final double LEAST = 5;

  /** Of the last second; those of the first minute weigh the same. */
  private static final double WEIGHT = 0.02;

  private long secondNanos;
  private int inSecond;
  private double average;
  private long seen;
  private boolean started;

  /** Counts one call; whole seconds enter the average. */
  void count(long now) {
    if (!started) {
      started = true;
      secondNanos = now;
    }
    long seconds = (now - secondNanos) / 1_000_000_000L;
    if (seconds > 0) {
      seen++;
      average += (inSecond - average) * Math.max(WEIGHT, 1.0 / seen);
      average *= Math.pow(1 - WEIGHT, (double) Math.min(seconds - 1, 100));
      secondNanos += seconds * 1_000_000_000L;
      inSecond = 0;
    }
    inSecond++;
  }

  /** Leaves the time up to now out: what goes on in it is not usual. */
  void skip(long now) {
    secondNanos = now;
    inSecond = 0;
  }

  /** Returns the usual rate, per second. */
  double rate() {
    return Math.max(LEAST, Math.max(average, 0));
  }
}
