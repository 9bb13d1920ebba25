package dev.tokenlife.model;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of every exception this library throws for a reason outside the caller's code. Messages
 * name the key or the upstream and the next step, and never carry a secret.
 */
public abstract class TokenlifeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Carries a message and, if there is one, its cause. */
  protected TokenlifeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Returns whether the same call can succeed later without anybody changing anything. */
  public abstract boolean retryable();

  /** Returns how long to wait before trying again, where that is known. */
  public Optional<Duration> retryAfter() {
    return Optional.empty();
  }
}
