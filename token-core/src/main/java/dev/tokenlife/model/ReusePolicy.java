package dev.tokenlife.model;

/**
 * What a proven second use of a consumed token does to its chain.
 *
 * @param action what happens
 * @param after at which count since the last hand-over; 1 or more
 */
public record ReusePolicy(Action action, int after) {
  /** What happens to the chain. */
  public enum Action {
    /** Nothing: the caller is refused, the chain goes on. */
    REJECT,
    /** The chain is suspended until an administrator resumes it. */
    SUSPEND,
    /** The chain is revoked (RFC 9700 section 4.14.2); only for families. */
    REVOKE
  }

  /** Refuses a count below one. */
  public ReusePolicy {
    if (after < 1) {
      throw new IllegalArgumentException("reuse acts at count 1 or later, got " + after);
    }
  }

  /** Refuses and changes nothing. */
  public static ReusePolicy reject() {
    return new ReusePolicy(Action.REJECT, 1);
  }

  /** Suspends the chain at the given count. */
  public static ReusePolicy suspendAfter(int count) {
    return new ReusePolicy(Action.SUSPEND, count);
  }

  /** Revokes the chain at once. */
  public static ReusePolicy revoke() {
    return new ReusePolicy(Action.REVOKE, 1);
  }
}
