package dev.tokenlife.oauth2;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Receives one answer, up to a number of bytes, and can be told to stop at any moment, which closes
 * the connection. What has arrived by then can still be asked for.
 */
final class BoundedBody implements BodyHandler<byte[]>, BodySubscriber<byte[]> {
  private final int maxBytes;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream(1024);
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private volatile @Nullable ResponseInfo head;
  private volatile Flow.@Nullable Subscription subscription;

  BoundedBody(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Stops receiving; does nothing after the last byte. */
  void abort() {
    stop(new HttpTimeoutException("the deadline passed before the whole answer was there"));
  }

  /**
   * Returns the answer if it is there as a whole, or if its status alone says that the request was
   * refused; empty if a success may have been lost.
   */
  Optional<HttpAnswer> answer() {
    ResponseInfo info = head;
    if (info == null) {
      return Optional.empty();
    }
    if (body.isDone() && !body.isCompletedExceptionally()) {
      return Optional.of(new HttpAnswer(info.statusCode(), info.headers(), body.join()));
    }
    return info.statusCode() / 100 == 2
        ? Optional.empty()
        : Optional.of(new HttpAnswer(info.statusCode(), info.headers(), new byte[0]));
  }

  @Override
  public BodySubscriber<byte[]> apply(ResponseInfo info) {
    head = info;
    if (info.headers().firstValueAsLong("Content-Length").orElse(0) > maxBytes) {
      stop(tooLarge());
    }
    return this;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription next) {
    subscription = next;
    if (body.isDone()) {
      next.cancel();
    } else {
      next.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (body.isDone()) {
        return;
      }
      if (received.size() + buffer.remaining() > maxBytes) {
        stop(tooLarge());
        return;
      }
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      received.write(bytes, 0, bytes.length);
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(received.toByteArray());
  }

  private IOException tooLarge() {
    return new IOException("the answer is larger than " + maxBytes + " bytes");
  }

  private void stop(IOException reason) {
    Flow.Subscription running = subscription;
    if (body.completeExceptionally(reason) && running != null) {
      running.cancel();
    }
  }
}
