package dev.tokenlife.examples.fleet.settings;

import java.time.Duration;

/**
 * What happens to the fleet.
 *
 * @param users how many people, a third at each provider
 * @param length how long it runs after the warm-up
 * @param lifetime how long an access token lives
 * @param outage how long provider B is down
 * @param revoked the share of its grants that provider C takes back, 0 to 1
 * @param rate how many calls a second provider A takes
 * @param latency how long a provider takes for an answer
 * @param day how long a day of the users is: by night a third of them sleeps
 * @param readEvery how often somebody who is awake reads a token
 */
public record Scenario(
    int users,
    Duration length,
    Duration lifetime,
    Duration outage,
    double revoked,
    int rate,
    Duration latency,
    Duration day,
    Duration readEvery) {
  private static final double REVOKE_AT = 0.1;
  private static final double OUTAGE_AT = 0.2;

  /** Refuses an outage that leaves no time for the rest. */
  public Scenario {
    if (finale(length, users, rate).compareTo(part(length, OUTAGE_AT).plus(outage)) <= 0) {
      throw new IllegalArgumentException(
          "--outage "
              + outage.toSeconds()
              + "s does not fit into --for "
              + length.toSeconds()
              + "s with "
              + users
              + " users: make it shorter, or the run longer");
    }
  }

  /** Returns when provider C takes grants back. */
  public Duration revokeAt() {
    return part(length, REVOKE_AT);
  }

  /** Returns when provider B goes down. */
  public Duration outageAt() {
    return part(length, OUTAGE_AT);
  }

  /** Returns when provider B is back. */
  public Duration outageUntil() {
    return outageAt().plus(outage);
  }

  /**
   * Returns when everybody is refreshed once more, so that the slowest provider is done in time.
   */
  public Duration finale() {
    return finale(length, users, rate);
  }

  private static Duration finale(Duration length, int users, int rate) {
    double seconds = 2 + 1.25 * users / 3 / (rate * 0.8);
    return length.minus(Duration.ofMillis((long) (seconds * 1_000)));
  }

  private static Duration part(Duration length, double share) {
    return Duration.ofMillis((long) (length.toMillis() * share));
  }
}
