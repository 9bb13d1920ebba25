package dev.tokenlife.scheduler.guard;

/**
 * The ramp after an outage: from a fifth of the usual rate up to twice of it, so that the end of an
 * outage is not a herd. It ends when its time is over and less is wanted than it allows.
 */
final class Recovery {
  private static final double FROM = 0.2;
  private static final double TO = 1.9;

  private final long lengthNanos;
  private boolean running;
  private long sinceNanos;
  private double steady;

  Recovery(long lengthNanos) {
    this.lengthNanos = lengthNanos;
  }

  void begin(long now, double usualRate) {
    running = lengthNanos > 0;
    sinceNanos = now;
    steady = usualRate;
  }

  boolean isRunning() {
    return running;
  }

  /** Returns the rate allowed now, per second. */
  double rate(long now) {
    double gone = Math.min(1.0, (now - sinceNanos) / (double) lengthNanos);
    return steady * (FROM + (TO - FROM) * gone);
  }

  /**
   * Is told that a permit was free at once: after the ramp's time that means the backlog is gone.
   */
  void wasFree(long now, double present) {
    if (now - sinceNanos > lengthNanos && present < steady * TO * 0.8) {
      running = false;
    }
  }
}
