package dev.tokenlife.scheduler.guard;

/**
 * The ramp after an outage: from a fifth of the usual rate up to almost twice of it, so that the
 * end of an outage is not a herd. It ends when its time is over and nobody has been refused for a
 * while. What piled up in the outage takes a while at less than twice the usual rate; if it has not
 * come about in twice the time of the outage, more is wanted than was usual, and the rate grows.
 */
final class Recovery {
  private static final double FROM = 0.2;

  /** A tenth of a second may be made up for in each: together never above twice the usual. */
  private static final double TO = 1.8;

  /** The rate is held for this many lengths of the ramp at least. */
  private static final int LEAST_HELD = 5;

  private static final int HELD_PER_OUTAGE = 2;
  private static final long CALM_NANOS = 5_000_000_000L;

  private final long lengthNanos;
  private boolean running;
  private long sinceNanos;
  private long refusedNanos;
  private double steady;
  private double held;

  Recovery(long lengthNanos) {
    this.lengthNanos = lengthNanos;
  }

  /** Begins after an outage of this length, in nanoseconds; 0 if there was no real one. */
  void begin(long now, double usualRate, long outageNanos) {
    running = lengthNanos > 0;
    held = Math.max(LEAST_HELD, HELD_PER_OUTAGE * (outageNanos / (double) lengthNanos));
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
    return lengths <= held ? ramped : ramped * Math.pow(2, Math.min(30, lengths - held));
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
