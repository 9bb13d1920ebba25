package dev.tokenlife.refresh;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.RefreshPolicy.Lifetime;
import org.jspecify.annotations.Nullable;

/** Whether an answer is any better than what the chain has. */
record Arrival(Refresher core, Entry entry) {
  /** Returns what is wrong with an answer; null if nothing is. */
  @Nullable SourceFailure flaw(FetchedToken token, Landing.Sent sent) {
    long now = core.clock().now();
    long expiresAt = token.expiresAt(sent.at());
    if (expiresAt <= now) {
      return flaw("the source returned a token that has expired already");
    }
    if (core.policies().serveUntil(new Lifetime(sent.at(), expiresAt)) <= now) {
      return flaw("the source returned a token that is too short-lived to serve");
    }
    Snapshot shown = entry.snapshot;
    AccessToken known = shown.token();
    boolean same =
        known != null
            && shown.generation() == sent.row().generation()
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
