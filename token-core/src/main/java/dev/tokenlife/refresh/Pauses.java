package dev.tokenlife.refresh;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What is put off for a chain, and until when, in epoch milliseconds. Most chains never have any,
 * and there may be millions, so this is apart from the entry.
 */
final class Pauses {
  private @Nullable CompletableFuture<Void> look;
  private long lookedAt;

  /** Until when the store is taken to be down, since the row could not be read; 0 for up. */
  volatile long unreadableUntil;

  /** Until when a due refresh waits for a gap in the reads; 0 for not. */
  volatile long refreshAfter;

  /** Returns the look at the row that is under way, or puts this one up. */
  synchronized CompletableFuture<Void> joinLook(CompletableFuture<Void> mine, long now) {
    if (look == null) {
      look = mine;
      lookedAt = now;
    }
    return look;
  }

  /** Returns whether a look that nobody waits for may begin: not twice within the pause. */
  synchronized boolean mayLook(long now, long pauseMillis) {
    return look == null && (now - lookedAt >= pauseMillis || now < lookedAt);
  }

  synchronized void looked(CompletableFuture<Void> ended) {
    if (look == ended) {
      look = null;
    }
  }
}
