package dev.tokenlife.scheduler.guard;

/**
 * The ramp after an outage: from a fifth of the usual rate up to almost twice of it, so that the
 * end of an outage is not a herd. It ends when its time is over and nobody has been refused for a
 * while; if that does not come about, more is wanted than was usual, and the rate grows again.
 */
final class Recovery {
  private static final double FROM = 0.2;

  /** A tenth of a second may be made up for in each: together never above twice the usual. */
  private static final double TO = 1.8;

  private static final double HELD = 5;
  private static final long CALM_NANOS = 5_000_000_000L;

  private final long lengthNanos;
  private boolean running;
  private long sinceNanos;
  private long refusedNanos;
  private double steady;

  Recovery(long lengthNanos) {
    this.lengthNanos = lengthNanos;
  }

  void begin(long now, double usualRate) {
    running = lengthNanos > 0;
    sinceNanos = now;
    refusedNanos = now;
    steady = usualRate;
  }

  boolean isRunning() {
    return running;
  }

  /** Returns the rate allowed now, per second. */
  double rate(long now) {
    double lengths = (now - sinceNanos) / (double) lengthNanos;
    double ramped = steady * (FROM + (TO - FROM) * Math.min(1.0, lengths));
    return lengths <= HELD ? ramped : ramped * Math.pow(2, Math.min(30, lengths - HELD));
  }

  /** Is told that a call had to be put off. */
  void refused(long now) {
    refusedNanos = now;
  }

  /** Is told that a permit was free at once. */
  void wasFree(long now) {
    if (now - sinceNanos > lengthNanos && now - refusedNanos > CALM_NANOS) {
      running = false;
    }
  }
}
