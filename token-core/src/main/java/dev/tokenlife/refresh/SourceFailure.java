package dev.tokenlife.refresh;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.spi.SourceException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Why a call gave no token, by kind. Messages of exceptions that this library did not make may hold
 * secrets; of those only the class is told.
 */
record SourceFailure(
    FailureKind kind, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
  /** Returns why the call failed; null if it did not. */
  static @Nullable SourceFailure of(SourceCall.Result result, boolean exclusive) {
    Throwable thrown = result.failure();
    if (thrown == null) {
      return null;
    }
    if (thrown instanceof SourceException known) {
      boolean harmless = known.kind() == FailureKind.AMBIGUOUS && !exclusive;
      return new SourceFailure(
          harmless ? FailureKind.TRANSIENT : known.kind(),
          String.valueOf(known.getMessage()),
          known.retryAfter().orElse(null),
          known);
    }
    FailureKind kind = exclusive ? FailureKind.AMBIGUOUS : FailureKind.TRANSIENT;
    String message =
        thrown instanceof TimeoutException
            ? String.valueOf(thrown.getMessage())
            : "the source threw " + thrown.getClass().getName();
    return new SourceFailure(kind, message, null, null);
  }
}
