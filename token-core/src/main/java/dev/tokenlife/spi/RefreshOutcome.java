package dev.tokenlife.spi;

import dev.tokenlife.model.FailureKind;
import java.time.Duration;

/** How one attempt to refresh a chain ended. */
public sealed interface RefreshOutcome {
  /** A new token is stored and visible. */
  record Refreshed(long generation, long expiresAt) implements RefreshOutcome {}

  /** The row had a fresh token already: another process, or a sign-in, was first. */
  record AlreadyFresh(long generation) implements RefreshOutcome {}

  /** The source was called and failed, or the store did. */
  record Failed(FailureKind kind, String message, Duration retryAfter) implements RefreshOutcome {}

  /** The upstream may not be called now. */
  record Refused(Duration retryAfter, String reason) implements RefreshOutcome {}

  /** The attempt goes on by itself: another process calls the source, or the store is down. */
  record Waiting(String reason) implements RefreshOutcome {}

  /** Another flight of this key is under way. */
  record Joined() implements RefreshOutcome {}

  /** There is nothing to refresh: the chain is over or suspended. */
  record Gone(String reason) implements RefreshOutcome {}
}
