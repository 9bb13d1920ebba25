package dev.tokenlife.crypto;

import dev.tokenlife.model.TokenlifeException;

/** Something stored names a key that the ring does not have. */
public final class MissingKeyException extends TokenlifeException {
  private static final long serialVersionUID = 1L;

  private final int keyId;

  MissingKeyException(int keyId, String what, KeyRing ring) {
    super(
        what
            + " needs key "
            + Integer.toUnsignedString(keyId)
            + ", which is not in the "
            + ring
            + ": give the ring that key again (KeyRing.add, or its source and reload), and retire"
            + " it only when no stored row names it",
        null);
    this.keyId = keyId;
  }

  /** Returns the missing key's id. */
  public int keyId() {
    return keyId;
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
