package dev.tokenlife.refresh;

import dev.tokenlife.model.AccessToken;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** One attempt to refresh one chain, with everybody who waits for it. */
final class Flight {
  private final CompletableFuture<AccessToken> result = new CompletableFuture<>();
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final AtomicBoolean urgent = new AtomicBoolean();
  private final long replaces;
  private final long aheadMillis;

  /**
   * {@code replaces} is the generation that is not good enough, however fresh, -1 for none; {@code
   * aheadMillis} is how long before its time a token counts as due.
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

  long replaces() {
    return replaces;
  }

  long aheadMillis() {
    return aheadMillis;
  }

  CompletableFuture<AccessToken> result() {
    return result;
  }
}
