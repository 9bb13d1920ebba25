package dev.tokenlife.spi;

import java.time.Duration;

/**
 * A fixed buffer before expiry, as hand-written schedulers use it, without their busy loop: a token
 * that lives shorter than the buffer is due at half of its lifetime.
 *
 * @param buffer how long before expiry a token is due
 * @param minimum tokens that live shorter than this are not armed but refreshed on demand
 */
public record ClassicalPolicy(Duration buffer, Duration minimum) implements RefreshPolicy {
  /** Refuses negative durations. */
  public ClassicalPolicy {
    if (buffer.isNegative() || minimum.isNegative()) {
      throw new IllegalArgumentException(
          "buffer and minimum must not be negative, got " + buffer + " and " + minimum);
    }
  }

  @Override
  public Window window(Lifetime lifetime) {
    Duration life = Duration.ofMillis(lifetime.millis());
    if (life.compareTo(minimum) < 0) {
      return new Window(lifetime.expiresAt(), lifetime.expiresAt(), false);
    }
    boolean fits = life.compareTo(buffer) > 0;
    long at = lifetime.expiresAt() - (fits ? buffer.toMillis() : lifetime.millis() / 2);
    return new Window(at, at, true);
  }
}
