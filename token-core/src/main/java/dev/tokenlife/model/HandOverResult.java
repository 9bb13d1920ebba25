package dev.tokenlife.model;

/** What presenting a token comes to. */
public sealed interface HandOverResult {
  /**
   * The presenter is the holder now.
   *
   * @param token the presenter's own live token
   * @param repeat whether this had been answered before; nothing new was minted
   */
  record Accepted(LiveToken token, boolean repeat) implements HandOverResult {}

  /** It was refused; the refusal says whether asking again can help. */
  record Refused(Refusal refusal) implements HandOverResult {}
}
