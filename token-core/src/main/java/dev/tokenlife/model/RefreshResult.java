package dev.tokenlife.model;

/** What presenting a refresh token of a family comes to. */
public sealed interface RefreshResult {
  /**
   * The next refresh token; the same one where rotation is off.
   *
   * @param token what to give the client
   * @param repeat whether the client had been answered before and nothing new was minted
   */
  record Refreshed(LiveToken token, boolean repeat) implements RefreshResult {}

  /**
   * Refused: answer {@code invalid_grant} (RFC 6749 section 5.2), unless asking again can help.
   *
   * @param refusal why
   */
  record Refused(Refusal refusal) implements RefreshResult {}
}
