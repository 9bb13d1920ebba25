package dev.tokenlife.model;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** There is no usable token for a key now; says why and when asking again can help. */
public final class TokenUnavailableException extends TokenlifeException {
  private static final long serialVersionUID = 1L;

  /** What stands between the caller and a token. */
  public enum Reason {
    /** The source refused or failed; {@link #kind()} tells how. */
    SOURCE_FAILED,
    /** The upstream may not be called now; {@link #kind()} tells what it failed with. */
    GUARD_CLOSED,
    /** The caller's own deadline passed first; the refresh goes on. */
    DEADLINE,
    /** The calling thread was interrupted; the refresh goes on. */
    INTERRUPTED,
    /** The store could not be read or written. */
    STORE_UNAVAILABLE,
    /** The chain is suspended. */
    SUSPENDED,
    /** The chain was closed or revoked; adopting a new grant opens it again. */
    CHAIN_OVER,
    /** The fetched token's remaining life is shorter than the caller asked for. */
    TOO_SHORT,
    /** Too much is waiting already. */
    OVERLOADED,
    /** This instance was closed. */
    CLOSED
  }

  private final transient ChainKey key;
  private final Reason reason;
  private final String detail;
  private final @Nullable FailureKind kind;
  private final @Nullable Duration retryAfter;

  /** Says that {@code key} has no token because of {@code reason}. */
  public TokenUnavailableException(
      ChainKey key,
      Reason reason,
      String detail,
      @Nullable FailureKind kind,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message(key, reason, detail, kind, retryAfter), cause);
    this.key = key;
    this.reason = reason;
    this.detail = detail;
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  /** Returns the same refusal for another caller: with its own stack, and this one as its cause. */
  public TokenUnavailableException again() {
    return new TokenUnavailableException(key, reason, detail, kind, retryAfter, this);
  }

  /** Returns the chain that was asked for. */
  public ChainKey key() {
    return key;
  }

  /** Returns what stands between the caller and a token. */
  public Reason reason() {
    return reason;
  }

  /** Returns how the upstream failed, where it did. */
  public Optional<FailureKind> kind() {
    return Optional.ofNullable(kind);
  }

  @Override
  public boolean retryable() {
    return switch (reason) {
      case SOURCE_FAILED, GUARD_CLOSED -> kind == null || kind.retryable();
      case DEADLINE, INTERRUPTED, STORE_UNAVAILABLE, SUSPENDED, OVERLOADED, TOO_SHORT -> true;
      case CHAIN_OVER, CLOSED -> false;
    };
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  private static String message(
      ChainKey key,
      Reason reason,
      String detail,
      @Nullable FailureKind kind,
      @Nullable Duration retryAfter) {
    StringBuilder text = new StringBuilder("no usable token for ").append(key);
    text.append(": ").append(reason);
    if (kind != null) {
      text.append(" (").append(kind).append(')');
    }
    text.append(": ").append(detail);
    if (retryAfter != null) {
      text.append("; try again in ").append(retryAfter.toMillis()).append(" ms");
    }
    return text.toString();
  }
}
