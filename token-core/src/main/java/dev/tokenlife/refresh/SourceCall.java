package dev.tokenlife.refresh;

import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.time.TimeSource;
import dev.tokenlife.time.TimeSource.Cancellable;
import java.util.concurrent.Executor;
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

  private final TokenSource source;
  private final FetchRequest request;
  private final TimeSource time;
  private final Executor executor;
  private final Consumer<Result> then;
  private @Nullable Thread caller;
  private boolean settled;

  SourceCall(
      TokenSource source,
      FetchRequest request,
      TimeSource time,
      Executor executor,
      Consumer<Result> then) {
    this.source = source;
    this.request = request;
    this.time = time;
    this.executor = executor;
    this.then = then;
  }

  /** Calls the source on this thread. {@code then} is told once in time, and once more if late. */
  void call() {
    begin();
    Cancellable deadline = time.schedule(request.deadline(), this::expire);
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
    deadline.cancel();
    boolean inTime = settle();
    // What came must be stored even if this thread was told to stop meanwhile; it stops after that.
    boolean interrupted = Thread.interrupted() || failure instanceof InterruptedException;
    if (inTime || token != null) {
      then.accept(new Result(token, failure, !inTime));
    }
    if (interrupted && inTime) {
      Thread.currentThread().interrupt();
    }
  }

  private void begin() {
    synchronized (this) {
      caller = Thread.currentThread();
    }
  }

  /** Whoever settles first goes on; an interrupt never reaches what the thread does next. */
  private boolean settle() {
    synchronized (this) {
      boolean first = !settled;
      settled = true;
      caller = null;
      if (!first) {
        Thread.interrupted();
      }
      return first;
    }
  }

  private void expire() {
    synchronized (this) {
      if (settled || caller == null) {
        return;
      }
      settled = true;
      caller.interrupt();
    }
    TimeoutException timeout =
        new TimeoutException("no answer within " + request.deadline().toMillis() + " ms");
    executor.execute(() -> then.accept(new Result(null, timeout, false)));
  }
}
