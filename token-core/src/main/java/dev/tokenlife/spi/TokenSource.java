package dev.tokenlife.spi;

import dev.tokenlife.model.Secret;
import java.time.Duration;

/**
 * An upstream that gives tokens for fetched chains. Anyone can write one: it is synchronous and may
 * throw anything.
 *
 * <p>It is called on a thread of the engine, never on a caller's, without any lock, once per
 * attempt; retrying is the engine's business. When the deadline of the request passes, the thread
 * is interrupted and the answer, should one still come, is stored if it can be. {@link
 * SourceException} says what kind of failure it was; everything else thrown counts as {@link
 * dev.tokenlife.model.FailureKind#TRANSIENT}, or as AMBIGUOUS for an exclusive source.
 */
@FunctionalInterface
public interface TokenSource {
  /**
   * Obtains a token.
   *
   * @throws Exception if there is none; the chain keeps what it has
   */
  FetchedToken fetch(FetchRequest request) throws Exception;

  /** Names the upstream (issuer and client) whose limits and failures all its chains share. */
  default String upstream() {
    return "default";
  }

  /**
   * Returns whether a call spends something that must not be spent twice, as a rotating refresh
   * token (RFC 9700 section 4.14.2) is. Such a call is announced in the chain's row before it is
   * made.
   */
  default boolean exclusive() {
    return false;
  }

  /**
   * Returns for how long after a lost answer the provider still takes the same refresh token again.
   */
  default Duration resendGrace() {
    return Duration.ZERO;
  }

  /**
   * Takes back a refresh token that arrived for a chain that is over (RFC 7009). Failures are
   * logged.
   *
   * @throws Exception if it could not be revoked
   */
  default void revoke(Secret refreshToken) throws Exception {}

  /** Makes a source of a lambda: a bank's login API, a vault. */
  static TokenSource of(TokenSource source) {
    return source;
  }
}
