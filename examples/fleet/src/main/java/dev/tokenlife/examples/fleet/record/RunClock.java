package dev.tokenlife.examples.fleet.record;

import dev.tokenlife.time.TimeSource;
import java.time.Duration;

/**
 * The time of one run, which begins at zero.
 *
 * @param time where time comes from
 * @param startedNanos its ticker at the beginning
 */
public record RunClock(TimeSource time, long startedNanos) {
  /** A run that begins now. */
  public static RunClock start(TimeSource time) {
    return new RunClock(time, time.nanos());
  }

  /** Returns how long it has been running. */
  public Duration elapsed() {
    return Duration.ofNanos(time.nanos() - startedNanos);
  }

  /** Returns the second it is in. */
  public int second() {
    return (int) Math.min(Integer.MAX_VALUE, elapsed().toSeconds());
  }
}
