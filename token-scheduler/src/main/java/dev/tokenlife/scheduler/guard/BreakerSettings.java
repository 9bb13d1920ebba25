package dev.tokenlife.scheduler.guard;

import java.time.Duration;

/**
 * When an upstream counts as down, and how it is tried again.
 *
 * @param failureRatePercent at which share of failed calls the breaker opens, above 0 to 100
 * @param minimumCalls how many calls in the window before that share means anything
 * @param window over how long the share is taken, in whole seconds
 * @param firstOpen how long the breaker stays open at first; doubles with jitter
 * @param longestOpen the longest it stays open
 * @param probes how many calls a half-open breaker admits
 */
public record BreakerSettings(
    float failureRatePercent,
    int minimumCalls,
    Duration window,
    Duration firstOpen,
    Duration longestOpen,
    int probes) {
  /** 50 % of at least 10 calls in 30 s; open 1 s to 60 s; 3 probes. */
  public static final BreakerSettings DEFAULT =
      new BreakerSettings(
          50, 10, Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(60), 3);

  /** Refuses what would never open or never close. */
  public BreakerSettings {
    if (!(failureRatePercent > 0 && failureRatePercent <= 100)) {
      throw new IllegalArgumentException(
          "failureRatePercent is above 0 and at most 100, got " + failureRatePercent);
    }
    if (minimumCalls < 1 || probes < 1 || window.toSeconds() < 1) {
      throw new IllegalArgumentException("minimumCalls, probes and window must be at least 1");
    }
    if (firstOpen.toMillis() < 10 || longestOpen.compareTo(firstOpen) <= 0) {
      throw new IllegalArgumentException(
          "the breaker opens for 10 ms or more, and longestOpen is longer than firstOpen");
    }
  }

  /** The same with another time in the open state. */
  public BreakerSettings open(Duration first, Duration longest) {
    return new BreakerSettings(failureRatePercent, minimumCalls, window, first, longest, probes);
  }
}
