package dev.tokenlife.crypto;

import dev.tokenlife.model.TokenlifeException;

/** A change of the key ring was refused; the ring is as it was. Says which key and what to do. */
public final class KeyRefusedException extends TokenlifeException {
  private static final long serialVersionUID = 1L;

  KeyRefusedException(String message) {
    super(message, null);
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
