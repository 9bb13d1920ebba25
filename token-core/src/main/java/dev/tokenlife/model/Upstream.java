package dev.tokenlife.model;

import org.jspecify.annotations.Nullable;

/**
 * What a fetched chain has from its source. The secrets are sealed texts; see the crypto package.
 *
 * @param grantId names the sign-in this chain lives on; kept when tokens are replaced
 * @param accessToken sealed; null before the first fetch and after it was rejected
 * @param refreshToken sealed; null if the source needs none
 * @param tokenType how the token is presented, usually {@code Bearer}
 * @param scopes granted scopes, space separated; empty if unknown
 * @param attributes everything else the source said, as one sealed text; null if nothing
 * @param refreshAt when the planner wants the next refresh, epoch milliseconds
 * @param resends how many times a single-use refresh token was sent again after a lost answer
 * @param lastUsedAt when somebody last read the token, epoch milliseconds, written at most once a
 *     lifetime; 0 if not tracked
 */
public record Upstream(
    String grantId,
    @Nullable String accessToken,
    @Nullable String refreshToken,
    String tokenType,
    String scopes,
    @Nullable String attributes,
    long refreshAt,
    int resends,
    long lastUsedAt) {
  /** Returns the same without its access token. */
  public Upstream withoutAccessToken() {
    return new Upstream(
        grantId, null, refreshToken, tokenType, scopes, attributes, refreshAt, resends, lastUsedAt);
  }

  /**
   * Returns what a chain that ended keeps: which sign-in it lived on, and no secret. Null if it
   * lived on none.
   */
  public @Nullable Upstream ended() {
    return grantId.isEmpty()
        ? null
        : new Upstream(grantId, null, null, tokenType, "", null, refreshAt, 0, 0);
  }

  /** Returns the same, with one more resend counted. */
  public Upstream resent() {
    return new Upstream(
        grantId,
        accessToken,
        refreshToken,
        tokenType,
        scopes,
        attributes,
        refreshAt,
        resends + 1,
        lastUsedAt);
  }
}
