package dev.tokenlife.model;

/** Why an upstream gave no token, and so what may be done about it. */
public enum FailureKind {
  /** The grant is refused for good (invalid_grant, revoked): somebody must sign in again. */
  PERMANENT(false),
  /**
   * Our own registration is refused (invalid_client): the whole upstream stops until it is mended.
   */
  CONFIG(false),
  /** Too many calls: wait as told. */
  THROTTLED(true),
  /** Anything that may pass by itself: unreachable, overloaded, a deadline before sending. */
  TRANSIENT(true),
  /** The answer was lost after a single-use refresh token was sent: the grant may be spent. */
  AMBIGUOUS(true);

  private final boolean retryable;

  FailureKind(boolean retryable) {
    this.retryable = retryable;
  }

  /** Returns whether trying again later can help without anybody doing anything. */
  public boolean retryable() {
    return retryable;
  }
}
