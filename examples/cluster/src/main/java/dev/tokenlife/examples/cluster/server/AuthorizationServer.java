package dev.tokenlife.examples.cluster.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorization server of the cluster, on loopback. A refresh token is used up when its request
 * arrives; the answer comes a moment later, so that processes die in between.
 */
public final class AuthorizationServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AuthorizationServer.class);
  private static final int SHORTEST_MILLIS = 50;
  private static final int LONGEST_MILLIS = 250;

  private final ObjectMapper json = new ObjectMapper();
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(8, AuthorizationServer::daemon);
  private final Ledger ledger = new Ledger();
  private final Families families;
  private final Duration lifetime;
  private final HttpServer server;

  /** Starts a server whose access tokens live this long. */
  public AuthorizationServer(Duration lifetime) throws IOException {
    this.lifetime = lifetime;
    this.families = new Families(ledger, lifetime);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    server.createContext("/token", this::token);
    server.createContext("/sign-in", this::signIn);
    server.setExecutor(threads);
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  public Ledger ledger() {
    return ledger;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void signIn(HttpExchange exchange) throws IOException {
    String grant = form(String.valueOf(exchange.getRequestURI().getRawQuery())).get("grant");
    if (grant == null) {
      answer(exchange, 400, Map.of("error", "invalid_request"));
      return;
    }
    Map<String, Object> tokens = new HashMap<>(tokens(families.begin(grant)));
    tokens.put("grant_id", UUID.randomUUID().toString());
    answer(exchange, 200, tokens);
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> form =
        form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Optional<Families.Outcome> outcome =
        families.use(form.getOrDefault("refresh_token", ""), form.getOrDefault("node", ""));
    if (outcome.isEmpty()) {
      log.error("A refresh token that was never issued, from node={}", form.get("node"));
      answer(exchange, 400, Map.of("error", "invalid_grant"));
      return;
    }
    int wait = ThreadLocalRandom.current().nextInt(SHORTEST_MILLIS, LONGEST_MILLIS + 1);
    var unused =
        threads.schedule(() -> answer(exchange, outcome.get()), wait, TimeUnit.MILLISECONDS);
  }

  private void answer(HttpExchange exchange, Families.Outcome outcome) {
    String next = outcome.next();
    try {
      if (next != null) {
        answer(exchange, 200, tokens(next));
      } else {
        answer(exchange, 400, Map.of("error", "invalid_grant"));
      }
      outcome.use().answered(System.nanoTime());
    } catch (IOException gone) {
      log.info("Nobody took an answer, node={}", outcome.use().node());
    } finally {
      ledger.ended(outcome.use());
    }
  }

  private Map<String, Object> tokens(String refreshToken) {
    return Map.of(
        "access_token",
        UUID.randomUUID().toString(),
        "token_type",
        "Bearer",
        "expires_in",
        lifetime.toSeconds(),
        "refresh_token",
        refreshToken);
  }

  private void answer(HttpExchange exchange, int status, Map<String, Object> body)
      throws IOException {
    try (exchange) {
      byte[] bytes = json.writeValueAsBytes(body);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static Map<String, String> form(String body) {
    Map<String, String> fields = new HashMap<>();
    for (String field : body.split("&", -1)) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        fields.put(
            URLDecoder.decode(field.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return fields;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "authorization-server");
    thread.setDaemon(true);
    return thread;
  }
}
