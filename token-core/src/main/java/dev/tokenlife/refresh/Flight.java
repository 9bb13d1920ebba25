package dev.tokenlife.refresh;

import dev.tokenlife.model.AccessToken;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** One attempt to refresh one chain, with everybody who waits for it. */
final class Flight {
  static final long PRESENT = Long.MAX_VALUE;

  private final CompletableFuture<AccessToken> result = new CompletableFuture<>();
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final AtomicBoolean urgent = new AtomicBoolean();
  private final long aheadMillis;

  /** Read and written only by the attempt, one thread after the other. */
  private long replaces;

  /**
   * {@code replaces} is the generation that is not good enough, however fresh: -1 for none, {@link
   * #PRESENT} for the one the row has; {@code aheadMillis} is how long before its time a token
   * counts as due.
   */
  Flight(long replaces, long aheadMillis) {
    this.replaces = replaces;
    this.aheadMillis = aheadMillis;
  }

  boolean begin() {
    return begun.compareAndSet(false, true);
  }

  /**
   * Returns whether the engine is to be asked: once for the flight, once more when the first caller
   * comes who has to wait, and never after it has begun.
   */
  boolean mayAsk(boolean blocked) {
    if (begun.get()) {
      return false;
    }
    return blocked ? urgent.compareAndSet(false, true) : asked.compareAndSet(false, true);
  }

  /** Returns the generation that is not good enough, now that the row's is known. */
  long replaces(long present) {
    if (replaces == PRESENT) {
      replaces = present;
    }
    return replaces;
  }

  long aheadMillis() {
    return aheadMillis;
  }

  CompletableFuture<AccessToken> result() {
    return result;
  }
}
