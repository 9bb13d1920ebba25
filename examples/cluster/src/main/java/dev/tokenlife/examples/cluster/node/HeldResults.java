package dev.tokenlife.examples.cluster.node;

import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.TokenSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Knows which results this process has received from the server and not stored yet. */
final class HeldResults implements TokenSource {
  private static final long SOON_NANOS = 1_000_000_000L;

  private final Map<String, Long> since = new ConcurrentHashMap<>();
  private final TokenSource server;

  HeldResults(TokenSource server) {
    this.server = server;
  }

  @Override
  public FetchedToken fetch(FetchRequest request) throws Exception {
    FetchedToken token = server.fetch(request);
    since.put(request.key().id(), System.nanoTime());
    return token;
  }

  /** The chain has what was received, or something newer. */
  void stored(String grant) {
    since.remove(grant);
  }

  /** Returns the grants whose result could not be stored for a second and more. */
  List<String> forLong() {
    long now = System.nanoTime();
    return since.entrySet().stream()
        .filter(held -> now - held.getValue() > SOON_NANOS)
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public String upstream() {
    return server.upstream();
  }

  @Override
  public boolean exclusive() {
    return server.exclusive();
  }

  @Override
  public Duration resendGrace() {
    return server.resendGrace();
  }

  @Override
  public void revoke(Secret refreshToken) throws Exception {
    server.revoke(refreshToken);
  }
}
