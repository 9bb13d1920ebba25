package dev.tokenlife.transition;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.Upstream;
import org.jspecify.annotations.Nullable;

/**
 * What came from a source, sealed and planned, ready for the row.
 *
 * @param accessToken sealed; null for a grant that brings only a refresh token
 * @param refreshToken sealed; null to keep the one the chain has
 * @param tokenType how the token is presented
 * @param scopes granted scopes; null to keep
 * @param attributes sealed; null to keep
 * @param issuedAt when the request was sent, epoch milliseconds
 * @param expiresAt epoch milliseconds
 * @param refreshAt what the planner decided, epoch milliseconds
 */
public record NewTokens(
    @Nullable String accessToken,
    @Nullable String refreshToken,
    String tokenType,
    @Nullable String scopes,
    @Nullable String attributes,
    long issuedAt,
    long expiresAt,
    long refreshAt) {
  /** Returns the chain's upstream part with these tokens; what they leave out is kept. */
  Upstream onto(@Nullable Upstream old, String grantId, long lastUsedAt) {
    return new Upstream(
        grantId,
        accessToken,
        refreshToken != null || old == null ? refreshToken : old.refreshToken(),
        tokenType,
        scopes != null ? scopes : old == null ? "" : old.scopes(),
        attributes != null || old == null ? attributes : old.attributes(),
        refreshAt,
        old == null ? 0 : old.resends(),
        lastUsedAt);
  }

  /** Returns the current token of the row; null without an access token. */
  @Nullable CurrentToken current(ChainRow row) {
    return accessToken == null
        ? null
        : new CurrentToken(row.generation() + 1, row.seq(), issuedAt, expiresAt, 0);
  }
}
