package dev.tokenlife.examples.attendance.simulation;

/** What goes on in a lesson, and until which part of it. */
enum Phase {
  ENTRY(0.40),
  LATE(0.52),
  EARLY(0.62),
  EXIT(0.92);

  private final double until;

  Phase(double until) {
    this.until = until;
  }

  double until() {
    return until;
  }
}
