package dev.tokenlife.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a chain was opened with; never changes, except that a restored backup draws a new nonce.
 *
 * @param kind minted here or fetched from an upstream
 * @param type what the application calls this sort of chain, e.g. {@code ENTRY}
 * @param policyId the policy in force when the chain was opened
 * @param name the caller's own name for a minted chain whose id was derived from it, else null
 * @param createdAt epoch milliseconds
 * @param openRequestId tells a repeated open from a second one
 * @param absoluteExpiresAt when the chain ends whatever happens, epoch milliseconds; {@link
 *     Long#MAX_VALUE} for never
 * @param idleTimeout how long the chain lives without use; null for no limit
 * @param nonce 128 random bits, base64url; kept after the chain is over
 */
public record ChainOrigin(
    ChainKind kind,
    String type,
    String policyId,
    @Nullable String name,
    long createdAt,
    String openRequestId,
    long absoluteExpiresAt,
    @Nullable Duration idleTimeout,
    String nonce) {}
