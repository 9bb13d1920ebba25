package dev.tokenlife.examples.fleet.course;

/** Where the run is. */
public enum Phase {
  WARM_UP("warm-up"),
  STEADY("steady"),
  OUTAGE("outage of B"),
  RECOVERY("recovery of B"),
  FINALE("mass refresh"),
  OVER("over");

  private final String label;

  Phase(String label) {
    this.label = label;
  }

  /** Returns its name for people. */
  public String label() {
    return label;
  }
}
