package dev.tokenlife.backup;

import dev.tokenlife.model.TokenlifeException;
import org.jspecify.annotations.Nullable;

/** A backup cannot be written as asked, or what is to be restored is not a whole backup. */
public final class BackupException extends TokenlifeException {
  private static final long serialVersionUID = 1L;

  BackupException(String message) {
    this(message, null);
  }

  BackupException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Returns false: somebody has to look first. */
  @Override
  public boolean retryable() {
    return false;
  }
}
