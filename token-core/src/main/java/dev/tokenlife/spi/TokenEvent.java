package dev.tokenlife.spi;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a chain. Never carries a token.
 *
 * @param type what happened
 * @param key the chain
 * @param trigger who started it
 * @param generation the chain's generation after it
 * @param expiresAt when the current token ends, epoch milliseconds; 0 if there is none
 * @param kind how it failed; null if it did not
 * @param detail one line for people; may be empty
 */
public record TokenEvent(
    Type type,
    ChainKey key,
    Trigger trigger,
    long generation,
    long expiresAt,
    @Nullable FailureKind kind,
    String detail) {
  /** What happened. */
  public enum Type {
    OPENED,
    MINTED,
    REFRESHED,
    REFRESH_FAILED,
    /** Somebody must sign in again; told once per failed generation. */
    SIGN_IN_REQUIRED,
    ADOPTED,
    HANDED_OVER,
    REASSIGNED,
    SUSPENDED,
    RESUMED,
    CLOSED,
    REVOKED,
    REUSE_DETECTED,
    CHALLENGE_GIVEN,
    CHALLENGE_FAILED,
    LOCKED,
    INVALIDATED,
    /** A claim was left behind; its refresh token may be spent. */
    CLAIM_ABANDONED,
    /** A single-use refresh token is sent again after a lost answer. */
    RESENT,
    /** A row was written by a clock more than the allowed skew ahead. */
    CLOCK_SKEW,
    /**
     * A row is older than this process has seen it, or gone: the store lost writes that it had
     * acknowledged. A refresh token received meanwhile may be lost with them.
     */
    WRITES_LOST,
    /** Work was refused because too much is waiting. */
    SHED
  }
}
