package dev.tokenlife.refresh;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.spi.FetchedToken;
import org.jspecify.annotations.Nullable;

/** Whether an answer is any better than what the chain has. */
final class Arrival {
  private Arrival() {}

  /** Returns what is wrong with an answer; null if nothing is. */
  static @Nullable SourceFailure flaw(
      FetchedToken token, ChainRow row, long sentAt, Snapshot shown, long now) {
    long expiresAt = token.expiresAt(sentAt);
    if (expiresAt <= now) {
      return flaw("the source returned a token that has expired already");
    }
    AccessToken known = shown.token();
    boolean same =
        known != null
            && shown.generation() == row.generation()
            && known.value().equals(token.accessToken());
    // A metadata server returns the same token until it makes a new one.
    return same && known != null && expiresAt <= known.expiresAtMillis() + 1_000
        ? flaw("the source returned the same token again")
        : null;
  }

  private static SourceFailure flaw(String message) {
    return new SourceFailure(FailureKind.TRANSIENT, message, null, null);
  }
}
