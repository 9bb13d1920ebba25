package dev.tokenlife.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What a person asks about one chain at three in the morning.
 *
 * @param key the chain
 * @param freshness what a reader would get now
 * @param generation how many tokens it has had, as far as this process knows
 * @param expiresAt when its token ends
 * @param refreshAt when its token is due
 * @param serveUntil until when its token is served
 * @param failures how many attempts failed in a row
 * @param lastFailure how the last one failed
 * @param nextAttempt callers without a usable token are refused before this
 * @param plan what the engine has planned; empty if nothing
 * @param upstream the upstream and what its guard says
 */
public record KeyStatus(
    ChainKey key,
    Freshness freshness,
    long generation,
    Optional<Instant> expiresAt,
    Optional<Instant> refreshAt,
    Optional<Instant> serveUntil,
    int failures,
    Optional<String> lastFailure,
    Optional<Instant> nextAttempt,
    String plan,
    String upstream) {
  /** What a reader would get. */
  public enum Freshness {
    /** This process knows nothing of the chain. */
    UNKNOWN,
    /** A token, nothing to do. */
    FRESH,
    /** A token, whose refresh is due. */
    DUE,
    /** No usable token. */
    EXPIRED,
    /** The chain is suspended or over. */
    STOPPED
  }
}
