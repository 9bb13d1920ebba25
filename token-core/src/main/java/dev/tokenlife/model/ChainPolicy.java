package dev.tokenlife.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one type of issued chain. Immutable; made with {@link #builder}.
 *
 * @param id names these rules in the chain's row
 * @param ttl how long a token lives
 * @param renewAhead how long before its expiry a poll replaces it; below half of the ttl
 * @param scanOverlap how long a token replaced ahead of time can still be handed over; at most
 *     {@code renewAhead}
 * @param actorRule who may consume a token
 * @param onceEach whether nobody may hold two chains of a partition, ever
 * @param reuse what a proven second use does
 * @param grace how long after a hand-over its actor is answered again
 * @param graceUses how many times its actor is answered again
 * @param challenge how a hand-over is confirmed; null for not at all
 * @param absoluteLife how long a chain lives at most; null for no limit
 * @param idleTimeout how long a chain lives without use; null for no limit
 * @param effects whether hand-overs leave an effect to be read
 * @param rotation whether a consumed token of a family is replaced by a new one; false keeps it
 */
public record ChainPolicy(
    String id,
    Duration ttl,
    Duration renewAhead,
    Duration scanOverlap,
    ActorRule actorRule,
    boolean onceEach,
    ReusePolicy reuse,
    Duration grace,
    int graceUses,
    @Nullable ChallengeRule challenge,
    @Nullable Duration absoluteLife,
    @Nullable Duration idleTimeout,
    boolean effects,
    boolean rotation) {
  /** Refuses rules that contradict each other; the message names the setting and the bound. */
  public ChainPolicy {
    check(!id.isEmpty(), "a chain policy needs an id");
    check(!ttl.isNegative() && !ttl.isZero(), "ttl must be positive, got " + ttl);
    check(!renewAhead.isNegative(), "renewAhead must not be negative, got " + renewAhead);
    check(
        renewAhead.multipliedBy(2).compareTo(ttl) < 0,
        "renewAhead " + renewAhead + " must be less than half of the ttl " + ttl);
    check(
        !scanOverlap.isNegative() && scanOverlap.compareTo(renewAhead) <= 0,
        "scanOverlap " + scanOverlap + " must be at most renewAhead " + renewAhead);
    check(
        actorRule == ActorRule.SELF || reuse.action() != ReusePolicy.Action.REVOKE,
        "reuse may revoke only chains with actor rule SELF");
    check(!grace.isNegative() && graceUses >= 0, "grace and its uses must not be negative");
    check(
        idleTimeout == null || idleTimeout.compareTo(ttl) >= 0,
        "idleTimeout " + idleTimeout + " must not be shorter than the ttl " + ttl);
    check(
        absoluteLife == null || !(absoluteLife.isNegative() || absoluteLife.isZero()),
        "absoluteLife must be positive, got " + absoluteLife);
    check(rotation || actorRule == ActorRule.SELF, "only families can do without rotation");
    check(
        challenge == null || actorRule == ActorRule.HANDOVER,
        "a challenge needs a holder and a scanner: actor rule HANDOVER");
  }

  /** Starts from: no early renewal, hand-over, reuse refused, grace of 5 s and 3 uses. */
  public static ChainPolicyBuilder builder(String id, Duration ttl) {
    return new ChainPolicyBuilder(id, ttl);
  }

  /**
   * A code on a screen that changes every {@code shown} and stays good for {@code overlap} longer,
   * so that what was on the screen when it was scanned is accepted.
   */
  public static ChainPolicyBuilder screenCode(String id, Duration shown, Duration overlap) {
    return builder(id, shown.plus(overlap)).renewAhead(overlap).scanOverlap(overlap);
  }

  /**
   * A refresh-token family: idle 30 days, at most 90 days, grace 20 s and 3 uses, reuse revokes.
   */
  public static ChainPolicyBuilder family(String id) {
    return builder(id, Duration.ofDays(30))
        .actorRule(ActorRule.SELF)
        .idleTimeout(Duration.ofDays(30))
        .absoluteLife(Duration.ofDays(90))
        .grace(Duration.ofSeconds(20), 3)
        .reuse(ReusePolicy.revoke());
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
