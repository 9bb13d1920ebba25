package dev.tokenlife.refresh;

import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.TokenSource;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call to a source, with a deadline that aborts it: the thread is interrupted, and if it still
 * hangs, the attempt goes on without it. A result that comes after that is not lost.
 */
final class SourceCall {
  /**
   * How a call ended.
   *
   * @param token the answer; null if there is none
   * @param failure what was thrown; null if nothing was
   * @param late whether the attempt had gone on without it
   */
  record Result(@Nullable FetchedToken token, @Nullable Throwable failure, boolean late) {}

  private final Refresher core;
  private final TokenSource source;
  private final FetchRequest request;
  private final Consumer<Result> then;

  SourceCall(Refresher core, TokenSource source, FetchRequest request, Consumer<Result> then) {
    this.core = core;
    this.source = source;
    this.request = request;
    this.then = then;
  }

  /** Calls the source on this thread. {@code then} is told once in time, and once more if late. */
  void call() {
    try (Overdue overdue =
        new Overdue(core.time(), request.deadline(), core.workers(), this::goOn)) {
      FetchedToken token = null;
      Throwable failure = null;
      try {
        token = source.fetch(request);
        if (token == null) {
          failure = new IllegalStateException("the source returned null");
        }
      } catch (Throwable thrown) {
        failure = thrown;
      }
      landed(token, failure, overdue.returned());
    }
  }

  private void landed(@Nullable FetchedToken token, @Nullable Throwable failure, boolean inTime) {
    // What came must be stored even if this thread was told to stop meanwhile; it stops after that.
    boolean interrupted = Thread.interrupted() || failure instanceof InterruptedException;
    if (inTime || token != null) {
      then.accept(new Result(token, failure, !inTime));
    }
    if (interrupted && inTime) {
      Thread.currentThread().interrupt();
    }
  }

  private void goOn() {
    TimeoutException timeout =
        new TimeoutException("no answer within " + request.deadline().toMillis() + " ms");
    core.chores().run(() -> then.accept(new Result(null, timeout, false)));
  }
}
