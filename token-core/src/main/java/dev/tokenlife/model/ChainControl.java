package dev.tokenlife.model;

import org.jspecify.annotations.Nullable;

/**
 * Who wrote the row last, and what the chain's state is.
 *
 * @param revision one more with every write; orders what readers are shown
 * @param op the random id of the attempt that wrote this row; recognises an own write whose answer
 *     was lost
 * @param adminRequestId the request that last reassigned, suspended, resumed, closed or revoked
 * @param state the stored state
 * @param closeReason why a final chain is over, else null
 * @param lastAt the time of the last write, epoch milliseconds
 * @param lastUse the time of the last use, epoch milliseconds; never decreases
 */
public record ChainControl(
    long revision,
    String op,
    @Nullable String adminRequestId,
    ChainState state,
    @Nullable String closeReason,
    long lastAt,
    long lastUse) {}
