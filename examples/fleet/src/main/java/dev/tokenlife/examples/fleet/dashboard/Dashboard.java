package dev.tokenlife.examples.fleet.dashboard;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves the page and what it shows, on 127.0.0.1 only. */
public final class Dashboard implements AutoCloseable {
  private static final int THREADS = 4;
  private static final Pattern FROM = Pattern.compile("from=([0-9]{1,9})");

  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Page> pages = Page.all();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, Dashboard::daemon);
  private final History history;
  private final HttpServer server;

  private Dashboard(int port, History history) throws IOException {
    this.history = history;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
    server.setExecutor(threads);
    server.createContext("/", this::page);
    server.createContext("/api/fleet", this::fleet);
    server.start();
  }

  /**
   * Opens the dashboard; port 0 takes a free one.
   *
   * @throws IOException if the port is taken
   */
  public static Dashboard open(int port, History history) throws IOException {
    return new Dashboard(port, history);
  }

  /** Returns where to look. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void fleet(HttpExchange exchange) throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    Matcher from = FROM.matcher(query);
    int first = from.matches() ? Integer.parseInt(from.group(1)) : 0;
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    answer(exchange, 200, "application/json", json.writeValueAsBytes(history.from(first)));
  }

  private void page(HttpExchange exchange) throws IOException {
    Page page = pages.get(exchange.getRequestURI().getPath());
    if (page == null) {
      answer(exchange, 404, "text/plain; charset=utf-8", new byte[0]);
    } else {
      answer(exchange, 200, page.type(), page.content());
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'self'");
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "dashboard");
    thread.setDaemon(true);
    return thread;
  }
}
