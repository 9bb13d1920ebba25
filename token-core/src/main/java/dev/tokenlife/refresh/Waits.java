package dev.tokenlife.refresh;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How callers wait: each for its own time, and what ends the wait ends nothing else. */
final class Waits {
  private final Refresher core;

  Waits(Refresher core) {
    this.core = core;
  }

  AccessToken await(Entry entry, Flight flight, Duration patience) {
    try {
      return on(entry, flight.result(), patience);
    } catch (ExecutionException failed) {
      throw rethrown(entry, failed.getCause());
    }
  }

  /** Waits for something about a chain. */
  <T> T on(Entry entry, CompletableFuture<T> future, Duration patience) throws ExecutionException {
    try {
      return future.get(nanos(patience), TimeUnit.NANOSECONDS);
    } catch (TimeoutException timeout) {
      throw late(entry);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw core.error(
          entry, new Trouble(Reason.INTERRUPTED, null, "the caller was interrupted", 0, 0), null);
    }
  }

  /**
   * The waiters share one failure; each throws its own exception, so that each has its own stack.
   */
  TokenUnavailableException rethrown(Entry entry, @Nullable Throwable cause) {
    if (cause instanceof TokenUnavailableException shared) {
      return shared.again();
    }
    return core.error(entry, new Trouble(Reason.SOURCE_FAILED, null, "unexpected", 0, 0), cause);
  }

  TokenUnavailableException late(Entry entry) {
    Trouble trouble = entry.trouble;
    return core.error(
        entry,
        new Trouble(
            Reason.DEADLINE,
            trouble == null ? null : trouble.kind(),
            "not within the caller's deadline; the refresh goes on",
            0,
            0),
        null);
  }

  private static long nanos(Duration patience) {
    try {
      return patience.toNanos();
    } catch (ArithmeticException centuries) {
      return Long.MAX_VALUE;
    }
  }
}
