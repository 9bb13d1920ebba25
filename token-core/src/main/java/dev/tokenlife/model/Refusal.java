package dev.tokenlife.model;

/** Why a command on an issued token was refused, and whether asking again can help. */
public enum Refusal {
  /** Somebody else consumed this token first. */
  ALREADY_CONSUMED(false),
  /** The current token has expired; the holder's next poll shows a new one. */
  TOKEN_EXPIRED(true),
  /** A newer token of the same holder has replaced this one. */
  SUPERSEDED(true),
  /** The chain was closed. */
  CHAIN_CLOSED(false),
  /** The chain has passed its absolute or idle limit. */
  CHAIN_EXPIRED(false),
  /** The chain is suspended for now. */
  SUSPENDED(true),
  /** The chain was revoked. */
  REVOKED(false),
  /** Only the holder may do this. */
  NOT_HOLDER(false),
  /** This actor may not take the chain over. */
  NOT_ELIGIBLE(false),
  /** A confirmation code is needed first. */
  CHALLENGE_REQUIRED(true),
  /** The code was wrong, used up or expired. */
  CHALLENGE_FAILED(true),
  /** Too many wrong codes: no challenge for a while. */
  LOCKED(true),
  /** Not a token of this place, whatever the cause. */
  INVALID(false),
  /** There is no such chain. */
  NOT_FOUND(false),
  /** Decided by nobody yet: a conflict did not settle, or an answer of the store was lost. */
  BUSY(true);

  private final boolean askAgain;

  Refusal(boolean askAgain) {
    this.askAgain = askAgain;
  }

  /** Returns true for <em>ask again</em>, false for <em>give up</em>. */
  public boolean askAgain() {
    return askAgain;
  }
}
