package dev.tokenlife.azure;

import dev.tokenlife.spi.StoreException;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The loop around every operation: an overall deadline, a few tries, pauses with jitter. Retries of
 * the SDK are off, because it repeats writes without looking what became of the first.
 */
final class Calls {
  /** A read that failed three times in a row is not going to succeed within anybody's patience. */
  private static final int READ_TRIES = 3;

  private final TimeSource time;
  private final Duration overall;
  private final Duration perRequest;

  Calls(TimeSource time, Duration overall, Duration perRequest) {
    this.time = time;
    this.overall = overall;
    this.perRequest = perRequest;
  }

  /** One request. */
  @FunctionalInterface
  interface Request<T> {
    /** Sends it once; throws {@link Fault} for everything but success. */
    T send(Deadline deadline);
  }

  TimeSource time() {
    return time;
  }

  /** Starts the clock of one operation. */
  Deadline deadline() {
    return new Deadline(time, overall, perRequest);
  }

  /**
   * Runs a request that may be repeated: a read, or a write whose repetition changes nothing.
   *
   * @param what table, key and operation, for people
   * @throws Fault for an answer that only the caller can judge: missing, exists, precondition
   */
  <T> T repeatable(String what, Deadline deadline, Request<T> request) {
    for (int tries = 1; ; tries++) {
      Fault fault;
      try {
        return request.send(deadline);
      } catch (Fault caught) {
        fault = caught;
      }
      if (isAnswer(fault)) {
        throw fault;
      }
      if (!fault.passing() || tries >= READ_TRIES || !paused(what, deadline, tries, fault, false)) {
        throw fault.giveUp(what);
      }
    }
  }

  <T> T repeatable(String what, Request<T> request) {
    return repeatable(what, deadline(), request);
  }

  /** Waits before another try; false if there is no time left for one. */
  boolean paused(
      String what, Deadline deadline, int tries, @Nullable Fault fault, boolean unknown) {
    try {
      return deadline.pause(tries, fault == null ? null : fault.retryAfter());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          unknown ? StoreException.Kind.UNKNOWN : StoreException.Kind.UNAVAILABLE,
          what + ": interrupted before another try",
          e);
    }
  }

  private static boolean isAnswer(Fault fault) {
    return switch (fault.kind()) {
      case MISSING, EXISTS, PRECONDITION -> true;
      default -> false;
    };
  }
}
