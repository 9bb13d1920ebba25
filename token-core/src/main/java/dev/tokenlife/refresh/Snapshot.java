package dev.tokenlife.refresh;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What readers see of a chain; immutable. All times in epoch milliseconds.
 *
 * @param token the token; null if there is none
 * @param revision the row's revision; a lower one never replaces a higher one
 * @param generation the row's generation
 * @param issuedAt when the token's request was sent
 * @param dueAt a reader before this takes the token and looks at nothing else
 * @param refreshAt when the token is due for a refresh
 * @param serveUntil never serve the token at or after this
 * @param staleAt do not believe the row at or after this
 * @param stop why the chain gives no token; null if it is active
 */
record Snapshot(
    @Nullable AccessToken token,
    long revision,
    long generation,
    long issuedAt,
    long dueAt,
    long refreshAt,
    long serveUntil,
    long staleAt,
    @Nullable Reason stop) {
  static final Snapshot NONE = new Snapshot(null, 0, 0, 0, 0, 0, 0, 0, null);

  /** Returns the token if it may be served at this time, the row being believed or not. */
  @Nullable AccessToken usable(long now) {
    return now < serveUntil ? token : null;
  }

  boolean believed(long now) {
    return now < staleAt;
  }

  /** Returns the same by another plan; until its row is read again, readers look by themselves. */
  Snapshot planned(long refresh, long until) {
    long soft = staleAt == Long.MAX_VALUE ? Long.MAX_VALUE : dueAt;
    long due = Math.min(Math.min(refresh, until), soft);
    return new Snapshot(token, revision, generation, issuedAt, due, refresh, until, staleAt, stop);
  }
}
