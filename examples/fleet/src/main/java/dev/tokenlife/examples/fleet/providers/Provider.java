package dev.tokenlife.examples.fleet.providers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tokenlife.examples.fleet.record.RunClock;
import dev.tokenlife.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One identity provider: a token endpoint over HTTP on 127.0.0.1 that rotates refresh tokens, takes
 * a while for each answer, and has its bad days. Safe for use by many threads.
 */
public final class Provider implements AutoCloseable {
  private static final int THREADS = 64;
  private static final Duration ASKED_WAIT = Duration.ofSeconds(1);

  private final String name;
  private final ProviderSettings settings;
  private final TimeSource time;
  private final Grants grants = new Grants();
  private final Map<String, Grants.Grant> revoked = new ConcurrentHashMap<>();
  private final Calls calls;
  private final RateLimit limit;
  private final AtomicLong askedUntil;
  private final HttpServer server;
  private final ExecutorService threads;
  private volatile boolean down;

  private Provider(String name, ProviderSettings settings, RunClock clock) throws IOException {
    this.name = name;
    this.settings = settings;
    this.time = clock.time();
    this.calls = new Calls(clock);
    this.limit = new RateLimit(settings.limitPerSecond());
    this.askedUntil = new AtomicLong(time.nanos());
    this.threads = Executors.newFixedThreadPool(THREADS, task -> daemon(task, name));
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
    server.setExecutor(threads);
    server.createContext("/token", this::token);
    server.start();
  }

  /** Opens a provider on a free port. */
  public static Provider open(String name, ProviderSettings settings, RunClock clock)
      throws IOException {
    return new Provider(name, settings, clock);
  }

  /** Returns its name, which is the partition of its chains too. */
  public String name() {
    return name;
  }

  /** Returns where tokens are asked for. */
  public URI tokenUri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token");
  }

  /** Returns the calls it saw. */
  public Calls calls() {
    return calls;
  }

  /** Lets a person sign in and returns their first refresh token. */
  public String signIn(String user) {
    return grants.signIn(user);
  }

  /** Goes down, or comes back. */
  public void down(boolean now) {
    down = now;
  }

  /** Returns whether it is down. */
  public boolean isDown() {
    return down;
  }

  /** Takes back the grants of these users. */
  public void revoke(List<String> users) {
    for (String user : users) {
      Grants.Grant grant = grants.of(user);
      if (grant != null) {
        grant.revoke();
        revoked.put(user, grant);
      }
    }
  }

  /** Returns how often each grant that it took back was refused since, by user. */
  public Map<String, Integer> refusals() {
    Map<String, Integer> refusals = new TreeMap<>();
    revoked.forEach((user, grant) -> refusals.put(user, grant.refusals()));
    return refusals;
  }

  /**
   * Returns how many spent refresh tokens were sent again: each means that a successor was lost.
   */
  public long secondUses() {
    return grants.secondUses();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void token(HttpExchange exchange) throws IOException {
    calls.arrived(down);
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
    long now = time.nanos();
    if (askedUntil.get() - now > 0) {
      calls.impatient();
    }
    boolean within = limit.allows(now);
    if (!takeTime()) {
      exchange.close();
    } else if (down) {
      answer(exchange, 503, Outcome.DOWN, "{\"error\":\"temporarily_unavailable\"}");
    } else if (!within) {
      askedUntil.set(time.nanos() + ASKED_WAIT.toNanos());
      exchange.getResponseHeaders().set("Retry-After", String.valueOf(ASKED_WAIT.toSeconds()));
      answer(exchange, 429, Outcome.THROTTLED, "{\"error\":\"slow_down\"}");
    } else {
      grant(exchange, grants.rotate(refreshToken(form)));
    }
  }

  private void grant(HttpExchange exchange, @Nullable String successor) throws IOException {
    if (successor == null) {
      answer(exchange, 400, Outcome.REFUSED, "{\"error\":\"invalid_grant\"}");
      return;
    }
    String body =
        "{\"access_token\":\"at-%s\",\"token_type\":\"Bearer\",\"expires_in\":%d,\"refresh_token\":\"%s\"}"
            .formatted(
                Long.toHexString(ThreadLocalRandom.current().nextLong()),
                settings.lifetime().toSeconds(),
                successor);
    answer(exchange, 200, Outcome.GRANTED, body);
  }

  /** Returns false if the provider is being closed. */
  private boolean takeTime() {
    long typical = settings.latency().toNanos();
    SplittableRandom random = new SplittableRandom(ThreadLocalRandom.current().nextLong());
    try {
      time.sleep(Duration.ofNanos(typical / 2 + random.nextLong(typical + 1)));
      return true;
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void answer(HttpExchange exchange, int status, Outcome outcome, String body)
      throws IOException {
    calls.answered(outcome);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static @Nullable String refreshToken(String form) {
    for (String field : form.split("&", -1)) {
      if (field.startsWith("refresh_token=")) {
        return URLDecoder.decode(field.substring(14), StandardCharsets.UTF_8);
      }
    }
    return null;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, "provider-" + name);
    thread.setDaemon(true);
    return thread;
  }
}
