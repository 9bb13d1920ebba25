package dev.tokenlife.examples.cluster.step;

import java.util.Locale;

/** What can happen in a round. */
public enum Step {
  /** One process is killed while it has calls in flight. */
  KILL,
  /** One process stands still for a while, and goes on. */
  PAUSE,
  /** Another process comes. */
  JOIN,
  /** One process leaves in good order. */
  LEAVE,
  /** Processes whose clocks are five minutes ahead, then behind, come and go. */
  SKEW,
  /** One process does not reach the store for a while. */
  CUT;

  /** Returns how it is called on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
