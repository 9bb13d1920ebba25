package dev.tokenlife.scheduler.guard;

import java.time.Duration;

/**
 * How one upstream is treated.
 *
 * @param breaker when it counts as down, and how it is tried again
 * @param concurrency the most calls at a time; 0 for no limit
 * @param ratePerSecond the most calls a second; 0 for no limit
 * @param ramp how long the recovery after an outage is paced
 * @param retryBudget how many failed calls each success pays for; the rest is kept to probe level
 */
public record GuardSettings(
    BreakerSettings breaker,
    int concurrency,
    double ratePerSecond,
    Duration ramp,
    double retryBudget) {
  /** The breaker's defaults, no limits, 60 s ramp, 0.2. */
  public static final GuardSettings DEFAULT =
      new GuardSettings(BreakerSettings.DEFAULT, 0, 0, Duration.ofSeconds(60), 0.2);

  /** Refuses what would never admit. */
  public GuardSettings {
    if (concurrency < 0 || ratePerSecond < 0 || retryBudget < 0 || ramp.isNegative()) {
      throw new IllegalArgumentException("limits, budget and ramp must not be negative");
    }
  }

  /** The same with another breaker. */
  public GuardSettings breaker(BreakerSettings other) {
    return new GuardSettings(other, concurrency, ratePerSecond, ramp, retryBudget);
  }

  /** The same with another time in the breaker's open state. */
  public GuardSettings open(Duration first, Duration longest) {
    return breaker(breaker.open(first, longest));
  }

  /** The same with at most so many calls a second. */
  public GuardSettings rate(double perSecond) {
    return new GuardSettings(breaker, concurrency, perSecond, ramp, retryBudget);
  }

  /** The same with at most so many calls at a time. */
  public GuardSettings concurrency(int most) {
    return new GuardSettings(breaker, most, ratePerSecond, ramp, retryBudget);
  }

  /** The same with another pace of recovery. */
  public GuardSettings ramp(Duration length) {
    return new GuardSettings(breaker, concurrency, ratePerSecond, length, retryBudget);
  }
}
