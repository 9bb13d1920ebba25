package dev.tokenlife.examples.cluster.server;

import dev.tokenlife.examples.cluster.server.Use.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The refresh tokens of all grants. Each is good for one use, which brings its successor; a second
 * use revokes its whole family (RFC 9700 section 4.14.2), and only a new sign-in begins another.
 */
final class Families {
  private final Map<String, Held> tokens = new HashMap<>();
  private final Map<String, Integer> newest = new HashMap<>();
  private final Map<String, Integer> revoked = new HashMap<>();
  private final Ledger ledger;
  private final Duration lifetime;

  /** A token that was issued, and its first use. */
  private static final class Held {
    private final RefreshToken token;
    private @Nullable Use first;

    Held(RefreshToken token) {
      this.token = token;
    }
  }

  /**
   * What a use came to.
   *
   * @param use how it is recorded
   * @param next the successor in clear; null if there is none
   */
  record Outcome(Use use, @Nullable String next) {}

  Families(Ledger ledger, Duration lifetime) {
    this.ledger = ledger;
    this.lifetime = lifetime;
  }

  /** Somebody signed in: the first token of a new family. */
  synchronized String begin(String grant) {
    int family = newest.merge(grant, 1, Integer::sum);
    ledger.signedIn(grant);
    return issue(grant, family, 0);
  }

  /** Uses a token; empty if the server never issued it. */
  synchronized Optional<Outcome> use(String text, String node) {
    Held held = tokens.get(text);
    if (held == null) {
      return Optional.empty();
    }
    RefreshToken token = held.token;
    Use first = held.first;
    boolean dead = revoked.getOrDefault(token.grant(), 0) >= token.family();
    Verdict verdict = first != null ? Verdict.REUSED : dead ? Verdict.REVOKED : Verdict.ACCEPTED;
    Use use = new Use(token, node, verdict, first, System.nanoTime());
    String next = null;
    if (verdict == Verdict.REUSED) {
      revoked.merge(token.grant(), token.family(), Math::max);
    } else if (verdict == Verdict.ACCEPTED) {
      held.first = use;
      next = issue(token.grant(), token.family(), token.number() + 1);
    }
    ledger.add(use);
    return Optional.of(new Outcome(use, next));
  }

  private String issue(String grant, int family, int number) {
    String text = UUID.randomUUID().toString() + UUID.randomUUID();
    long now = System.nanoTime();
    tokens.put(text, new Held(new RefreshToken(grant, family, number, now, lifetime.toNanos())));
    return text;
  }
}
