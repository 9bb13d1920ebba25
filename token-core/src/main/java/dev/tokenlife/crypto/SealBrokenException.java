package dev.tokenlife.crypto;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.TokenlifeException;

/** A stored secret is not what was sealed for its chain and field: damaged, moved or forged. */
public final class SealBrokenException extends TokenlifeException {
  private static final long serialVersionUID = 1L;

  SealBrokenException(ChainKey key, String field, String why) {
    super(
        "the sealed "
            + field
            + " of "
            + key
            + " cannot be opened: "
            + why
            + "; the grant has to be given again",
        null);
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
