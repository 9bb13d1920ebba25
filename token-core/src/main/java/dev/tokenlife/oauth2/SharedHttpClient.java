package dev.tokenlife.oauth2;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one client of all sources that were given none. Made at the first call and never closed: it
 * holds daemon threads only, and its workers end after ten idle seconds. HTTP/1.1, where one
 * connection carries one request and a failed one says nothing about the others.
 */
final class SharedHttpClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private SharedHttpClient() {}

  static HttpClient get() {
    return Holder.CLIENT;
  }

  /** Makes the client when it is first asked for. */
  private static final class Holder {
    static final HttpClient CLIENT =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(workers())
            .build();

    private static ThreadPoolExecutor workers() {
      AtomicInteger count = new AtomicInteger();
      return new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          10,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "tokenlife-http-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });
    }
  }
}
