package dev.tokenlife.spi;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.TokenlifeException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source gave no token, for a reason that has a kind. The message must carry no secret. */
public class SourceException extends TokenlifeException {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final @Nullable Duration retryAfter;

  /** A failure of this kind. */
  public SourceException(FailureKind kind, String message) {
    this(kind, message, null, null);
  }

  /** A failure of this kind with its cause. */
  public SourceException(FailureKind kind, String message, @Nullable Throwable cause) {
    this(kind, message, null, cause);
  }

  /** A failure of this kind; {@code retryAfter} is how long the upstream asked to wait. */
  public SourceException(
      FailureKind kind, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  /** Returns the kind. */
  public FailureKind kind() {
    return kind;
  }

  @Override
  public boolean retryable() {
    return kind.retryable();
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
