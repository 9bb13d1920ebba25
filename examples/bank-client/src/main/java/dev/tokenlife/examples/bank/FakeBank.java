package dev.tokenlife.examples.bank;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bank on this machine: a login API whose tokens live for seconds and which is down now and then,
 * and a payments API that takes no expired token.
 */
final class FakeBank implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(16, FakeBank::daemon);
  private final Map<String, Long> validUntilNanos = new ConcurrentHashMap<>();
  private final Duration lifetime;
  private final AtomicLong logins = new AtomicLong();
  private final AtomicLong refusedLogins = new AtomicLong();
  private volatile boolean loginDown;

  FakeBank(Duration lifetime) throws IOException {
    this.lifetime = lifetime;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
    server.createContext("/login", this::login);
    server.createContext("/payments", this::pay);
    server.setExecutor(threads);
    server.start();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** Takes the login API down or up; payments go on. */
  void loginDown(boolean down) {
    loginDown = down;
  }

  long logins() {
    return logins.get();
  }

  long refusedLogins() {
    return refusedLogins.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void login(HttpExchange exchange) throws IOException {
    if (loginDown) {
      refusedLogins.incrementAndGet();
      answer(exchange, 503, "{\"error\":\"maintenance\"}");
      return;
    }
    String token = UUID.randomUUID().toString();
    long now = System.nanoTime();
    validUntilNanos.put(token, now + lifetime.toNanos());
    validUntilNanos.values().removeIf(until -> now - until > 0);
    logins.incrementAndGet();
    answer(
        exchange, 200, "{\"session\":\"" + token + "\",\"seconds\":" + lifetime.toSeconds() + "}");
  }

  private void pay(HttpExchange exchange) throws IOException {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    Long until = header == null ? null : validUntilNanos.get(header.replaceFirst("^Bearer ", ""));
    boolean good = until != null && System.nanoTime() - until < 0;
    answer(exchange, good ? 201 : 401, good ? "{\"paid\":true}" : "{\"error\":\"expired\"}");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (IOException clientGone) {
      throw new UncheckedIOException(clientGone);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "bank");
    thread.setDaemon(true);
    return thread;
  }
}
