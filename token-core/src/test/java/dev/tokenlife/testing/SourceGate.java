package dev.tokenlife.testing;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.spi.TokenSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Holds one call to a {@link ScriptedSource} until the test lets it go. Opening it twice does
 * nothing the second time.
 */
public final class SourceGate {
  private static final long PATIENCE_SECONDS = 30;

  private final CompletableFuture<TokenSource> opened = new CompletableFuture<>();
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch left = new CountDownLatch(1);
  private final AtomicBoolean interrupted = new AtomicBoolean();
  private final boolean deaf;
  private final TokenSource usual;

  SourceGate(boolean deaf, TokenSource usual) {
    this.deaf = deaf;
    this.usual = usual;
  }

  /** Waits until the call is at the gate; for at most 30 s of real time. */
  public void awaitArrival() {
    await(arrived, "no call arrived at the gate");
  }

  /** Waits until the call has left the gate, opened or interrupted; for at most 30 s. */
  public void awaitLeft() {
    await(left, "the call is still at the gate");
  }

  /** Lets the call answer as the source usually does. */
  public void open() {
    opened.complete(usual);
  }

  /** Lets the call answer with this token. */
  public void open(FetchedToken token) {
    opened.complete(request -> token);
  }

  /** Lets the call fail. */
  public void fail(FailureKind kind) {
    opened.complete(
        request -> {
          throw new SourceException(kind, "made to fail at the gate: " + kind);
        });
  }

  /** Returns whether a call is, or was, at the gate. */
  public boolean hasArrived() {
    return arrived.getCount() == 0;
  }

  /** Returns whether the waiting thread was interrupted. */
  public boolean wasInterrupted() {
    return interrupted.get();
  }

  FetchedToken pass(FetchRequest request) throws Exception {
    arrived.countDown();
    try {
      return opening().fetch(request);
    } finally {
      left.countDown();
    }
  }

  private TokenSource opening() throws InterruptedException, ExecutionException {
    while (true) {
      try {
        return opened.get();
      } catch (InterruptedException stop) {
        interrupted.set(true);
        if (!deaf) {
          throw stop;
        }
      }
    }
  }

  private static void await(CountDownLatch latch, String otherwise) {
    try {
      if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(otherwise + " within " + PATIENCE_SECONDS + " s");
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting at a gate", stop);
    }
  }
}
