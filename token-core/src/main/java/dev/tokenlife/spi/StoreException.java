package dev.tokenlife.spi;

import dev.tokenlife.model.TokenlifeException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store gave no answer, or one that nobody can go on with. */
public class StoreException extends TokenlifeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Kind {
    /** It could not be reached; nothing was written. */
    UNAVAILABLE,
    /** It asks for patience; nothing was written. */
    THROTTLED,
    /** The answer was lost: a write may have happened, now or later. */
    UNKNOWN,
    /** Our credentials are refused. */
    UNAUTHORIZED,
    /** It is not set up: a table or a setting is missing. */
    MISCONFIGURED,
    /** There is no room for another live chain. */
    FULL,
    /** A row is there but cannot be understood. */
    UNREADABLE,
    /** The request can never succeed: a key or a row is too large or malformed. */
    REJECTED
  }

  private final Kind kind;
  private final @Nullable Duration retryAfter;

  /** Says what is wrong, and with which table or key. */
  public StoreException(Kind kind, String message) {
    this(kind, message, null, null);
  }

  /** Says what is wrong and why. */
  public StoreException(Kind kind, String message, @Nullable Throwable cause) {
    this(kind, message, null, cause);
  }

  /** Says what is wrong, why, and how long the store asks to wait. */
  public StoreException(
      Kind kind, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(kind + ": " + message, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  /** Returns what is wrong. */
  public Kind kind() {
    return kind;
  }

  @Override
  public boolean retryable() {
    return kind == Kind.UNAVAILABLE || kind == Kind.THROTTLED || kind == Kind.UNKNOWN;
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
