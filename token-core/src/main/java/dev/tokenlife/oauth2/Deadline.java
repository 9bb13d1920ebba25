package dev.tokenlife.oauth2;

import dev.tokenlife.time.TimeSource;
import java.time.Duration;

/** The end of one call, on the monotonic ticker. */
record Deadline(TimeSource time, long endNanos) {
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Ends this much later, but at most an hour from now. */
  static Deadline in(TimeSource time, Duration duration) {
    Duration bounded = duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    return new Deadline(time, time.nanos() + Math.max(0, bounded.toNanos()));
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, endNanos - time.nanos()));
  }

  boolean passed() {
    return left().isZero();
  }
}
