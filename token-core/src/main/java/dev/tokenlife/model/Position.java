package dev.tokenlife.model;

import org.jspecify.annotations.Nullable;

/**
 * Where the chain stands.
 *
 * @param seq how many hand-overs there were
 * @param generation how many tokens the chain has had; orders everything
 * @param holder who holds the current token; null for fetched chains
 * @param previousHolder who held the chain before the last hand-over, else null
 * @param holderKey the thumbprint of the key the holder must prove (RFC 7800 {@code cnf}, RFC
 *     7638); null if none is asked for
 * @param lastRotation when the current token was issued, epoch milliseconds; 0 before the first
 */
public record Position(
    long seq,
    long generation,
    @Nullable String holder,
    @Nullable String previousHolder,
    @Nullable String holderKey,
    long lastRotation) {
  /** Returns how many new tokens there were for the same holders. */
  public long rotationCount() {
    return Math.max(0, generation - 1 - seq);
  }
}
