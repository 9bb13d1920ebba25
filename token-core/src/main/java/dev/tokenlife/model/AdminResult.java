package dev.tokenlife.model;

/** What an administrator's command comes to. */
public sealed interface AdminResult {
  /**
   * It is done.
   *
   * @param already whether it had been so before
   */
  record Done(boolean already) implements AdminResult {}

  /** It was refused; the refusal says whether asking again can help. */
  record Refused(Refusal refusal) implements AdminResult {}
}
