package dev.tokenlife.examples.attendance.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What is to be written to one browser, in order, by one thread at a time. */
final class Outbox {
  private static final int MOST_WAITING = 256;

  private final HttpExchange exchange;
  private final Executor executor;
  private final ConcurrentLinkedQueue<String> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Runnable onClose = () -> {};

  Outbox(HttpExchange exchange, Executor executor) {
    this.exchange = exchange;
    this.executor = executor;
  }

  void onClose(Runnable action) {
    onClose = action;
  }

  /** Adds a message; a browser that does not read is given up. */
  void add(String message) {
    waiting.add(message);
    int before = count.getAndIncrement();
    if (before >= MOST_WAITING) {
      close();
    } else if (before == 0) {
      try {
        executor.execute(this::drain);
      } catch (RejectedExecutionException shutDown) {
        close();
      }
    }
  }

  boolean isClosed() {
    return closed.get();
  }

  void close() {
    if (closed.compareAndSet(false, true)) {
      onClose.run();
      exchange.close();
    }
  }

  /** Whoever raised the count from zero writes until it is zero again. */
  private void drain() {
    do {
      String message = waiting.poll();
      if (message != null && !isClosed()) {
        write(message);
      }
    } while (count.decrementAndGet() > 0);
  }

  private void write(String message) {
    try {
      exchange.getResponseBody().write(message.getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
    } catch (IOException gone) {
      close();
    }
  }
}
