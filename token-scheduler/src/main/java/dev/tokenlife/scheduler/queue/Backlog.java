package dev.tokenlife.scheduler.queue;

import dev.tokenlife.model.Progress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What piled up while an upstream was closed, and how far it is worked off since it opened. */
final class Backlog {
  /** Who is closed for less is paced and not down. */
  private static final long OUTAGE_NANOS = 2_000_000_000;

  private boolean exists;
  private long openedAt;
  private long done;

  /** The upstream is closed for so long from now on; a probe that failed begins anew. */
  void closed(long forNanos, long now) {
    if (forNanos >= OUTAGE_NANOS) {
      exists = true;
      openedAt = now + forNanos;
      done = 0;
    }
  }

  /** A job was handed out, and so many are left. */
  void handedOut(int left) {
    done++;
    exists &= left > 0;
  }

  /** Returns how far it is; null if there is none, or its upstream is still closed. */
  @Nullable Progress progress(int left, long now) {
    return exists && now - openedAt > 0
        ? new Progress(done, 0, done + left, Duration.ofNanos(now - openedAt))
        : null;
  }
}
