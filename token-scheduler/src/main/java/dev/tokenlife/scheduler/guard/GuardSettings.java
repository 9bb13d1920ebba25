package dev.tokenlife.scheduler.guard;

import java.time.Duration;

/**
 * How one upstream is treated.
 *
 * @param failureRatePercent at which share of failed calls the breaker opens, above 0 to 100
 * @param minimumCalls how many calls in the window before that share means anything
 * @param window over how long the share is taken, in whole seconds
 * @param firstOpen how long the breaker stays open at first; doubles with jitter
 * @param longestOpen the longest it stays open
 * @param probes how many calls a half-open breaker admits
 * @param concurrency the most calls at a time; 0 for no limit
 * @param ratePerSecond the most calls a second; 0 for no limit
 * @param ramp how long the recovery after an outage is paced
 * @param retryBudget how many failed calls each success pays for; the rest is kept to probe level
 */
public record GuardSettings(
    float failureRatePercent,
    int minimumCalls,
    Duration window,
    Duration firstOpen,
    Duration longestOpen,
    int probes,
    int concurrency,
    double ratePerSecond,
    Duration ramp,
    double retryBudget) {
  /** 50 % of at least 10 calls in 30 s; open 1 s to 60 s; 3 probes; no limits; 60 s ramp; 0.2. */
  public static final GuardSettings DEFAULT =
      new GuardSettings(
          50,
          10,
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          3,
          0,
          0,
          Duration.ofSeconds(60),
          0.2);

  /** Refuses what would never open, never close or never admit. */
  public GuardSettings {
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
    if (concurrency < 0 || ratePerSecond < 0 || retryBudget < 0 || ramp.isNegative()) {
      throw new IllegalArgumentException("limits, budget and ramp must not be negative");
    }
  }

  /** The same with at most so many calls a second. */
  public GuardSettings rate(double perSecond) {
    return new GuardSettings(
        failureRatePercent,
        minimumCalls,
        window,
        firstOpen,
        longestOpen,
        probes,
        concurrency,
        perSecond,
        ramp,
        retryBudget);
  }

  /** The same with at most so many calls at a time. */
  public GuardSettings concurrency(int most) {
    return new GuardSettings(
        failureRatePercent,
        minimumCalls,
        window,
        firstOpen,
        longestOpen,
        probes,
        most,
        ratePerSecond,
        ramp,
        retryBudget);
  }

  /** The same with another pace of recovery. */
  public GuardSettings ramp(Duration length) {
    return new GuardSettings(
        failureRatePercent,
        minimumCalls,
        window,
        firstOpen,
        longestOpen,
        probes,
        concurrency,
        ratePerSecond,
        length,
        retryBudget);
  }

  /** The same with another time in the open state. */
  public GuardSettings open(Duration first, Duration longest) {
    return new GuardSettings(
        failureRatePercent,
        minimumCalls,
        window,
        first,
        longest,
        probes,
        concurrency,
        ratePerSecond,
        ramp,
        retryBudget);
  }
}
