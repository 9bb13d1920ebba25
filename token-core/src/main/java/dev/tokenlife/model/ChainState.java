package dev.tokenlife.model;

/** The stored states. Expiry is derived from the row and the time and never stored. */
public enum ChainState {
  ACTIVE,
  SUSPENDED,
  CLOSED,
  REVOKED;

  /** Returns whether a minted chain can never leave this state. */
  public boolean isFinal() {
    return this == CLOSED || this == REVOKED;
  }
}
