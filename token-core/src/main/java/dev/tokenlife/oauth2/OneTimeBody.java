package dev.tokenlife.oauth2;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request body that leaves at most once, never after its deadline, and never after it was
 * withdrawn. The client asks for it only when it is connected, so a body that was withdrawn in time
 * proves that the other side has nothing to act on. The reverse is not certain: a body that has
 * left here may still wait inside the client for the end of a TLS handshake.
 */
final class OneTimeBody implements BodyPublisher {
  private enum State {
    HELD,
    RELEASED,
    WITHDRAWN
  }

  private final byte[] body;
  private final Deadline deadline;
  private final AtomicReference<State> state = new AtomicReference<>(State.HELD);

  OneTimeBody(String body, Deadline deadline) {
    this.body = body.getBytes(StandardCharsets.US_ASCII);
    this.deadline = deadline;
  }

  /** Withdraws the body; returns false if it has left already. */
  boolean withdraw() {
    state.compareAndSet(State.HELD, State.WITHDRAWN);
    return state.get() == State.WITHDRAWN;
  }

  @Override
  public long contentLength() {
    return body.length;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          private final AtomicBoolean answered = new AtomicBoolean();

          @Override
          public void request(long n) {
            if (answered.compareAndSet(false, true)) {
              release(subscriber);
            }
          }

          @Override
          public void cancel() {}
        });
  }

  private void release(Flow.Subscriber<? super ByteBuffer> subscriber) {
    if (deadline.passed() && withdraw()) {
      subscriber.onError(new HttpTimeoutException("the deadline passed before anything was sent"));
    } else if (state.compareAndSet(State.HELD, State.RELEASED)) {
      subscriber.onNext(ByteBuffer.wrap(body).asReadOnlyBuffer());
      subscriber.onComplete();
    } else {
      subscriber.onError(new IOException("a token request is sent once"));
    }
  }
}
