package dev.tokenlife.spi;

import java.time.Duration;

/**
 * The pure rule that says in which window a token is due and when it may no longer be served. Same
 * input, same answer; the planner picks the moment within the window and keeps it legal.
 */
public interface RefreshPolicy {
  /** Returns when this token may be refreshed; all times in epoch milliseconds. */
  Window window(Lifetime lifetime);

  /**
   * Returns when this token must no longer be served: 60 s before its expiry, at most a quarter of
   * its lifetime before. A request may be queued before it is sent.
   */
  default long serveUntil(Lifetime lifetime) {
    return lifetime.expiresAt() - Math.min(60_000, lifetime.millis() / 4);
  }

  /** The default: due half of the lifetime before expiry, at most 20 minutes before. */
  static RefreshPolicy adaptive() {
    return new AdaptivePolicy();
  }

  /** Due {@code buffer} before expiry; tokens with less than {@code minimum} left are not armed. */
  static RefreshPolicy classical(Duration buffer, Duration minimum) {
    return new ClassicalPolicy(buffer, minimum);
  }

  /** {@link #classical(Duration, Duration)} with a buffer of 300 s and a minimum of 60 s. */
  static RefreshPolicy classical() {
    return classical(Duration.ofSeconds(300), Duration.ofSeconds(60));
  }

  /** Due between {@code earliest} and {@code latest} before expiry. */
  static RefreshPolicy window(Duration earliest, Duration latest) {
    return new WindowPolicy(earliest, latest);
  }

  /** Due when this fraction of the lifetime has passed, between 0 and 1; brokers use 0.8. */
  static RefreshPolicy fraction(double fraction) {
    return new FractionPolicy(fraction);
  }

  /**
   * A token's life.
   *
   * @param issuedAt when its request was sent, epoch milliseconds
   * @param expiresAt when it ends, epoch milliseconds
   */
  record Lifetime(long issuedAt, long expiresAt) {
    /** Returns how long it lives, in milliseconds; never negative. */
    public long millis() {
      if (expiresAt <= issuedAt) {
        return 0;
      }
      long life = expiresAt - issuedAt;
      return life < 0 ? Long.MAX_VALUE : life;
    }
  }

  /**
   * When a refresh may start.
   *
   * @param earliest epoch milliseconds
   * @param latest epoch milliseconds, not before {@code earliest}
   * @param armed false if nothing is to start by itself: the token is refreshed on demand
   */
  record Window(long earliest, long latest, boolean armed) {}
}
