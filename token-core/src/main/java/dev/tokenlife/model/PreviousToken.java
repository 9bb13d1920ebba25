package dev.tokenlife.model;

import org.jspecify.annotations.Nullable;

/**
 * The one token before the current one that is still remembered.
 *
 * @param generation the generation rotated out, or the one presented at the hand-over
 * @param seq its sequence
 * @param keyId the key its tag was made with
 * @param expiresAt its own expiry, epoch milliseconds
 * @param supersededAt when it was replaced, epoch milliseconds
 * @param reason how it was replaced
 * @param actor who consumed it; null if it was rotated out
 * @param requestId the request that consumed it; null if none was given or it was rotated out
 * @param graceUntil until when it is still answered, epoch milliseconds, exclusive
 * @param graceUses how many repeats were answered already
 */
public record PreviousToken(
    long generation,
    long seq,
    int keyId,
    long expiresAt,
    long supersededAt,
    Reason reason,
    @Nullable String actor,
    @Nullable String requestId,
    long graceUntil,
    int graceUses) {
  /** How a token stopped being the current one. */
  public enum Reason {
    /** A new token for the same holder. */
    ROTATED,
    /** Consumed by a hand-over. */
    HANDED_OVER
  }
}
