package dev.tokenlife.examples.attendance.simulation;

import dev.tokenlife.time.TimeSource;
import java.time.Duration;

/** Waiting, as people do. */
final class Pause {
  private Pause() {}

  /** Waits; false if the simulation ends meanwhile. */
  static boolean millis(long millis) {
    try {
      TimeSource.system().sleep(Duration.ofMillis(millis));
      return true;
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
