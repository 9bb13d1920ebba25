package dev.tokenlife.spi;

import java.time.Duration;

/** A fixed buffer before expiry, as hand-written schedulers use it, without their busy loop. */
record ClassicalPolicy(Duration buffer, Duration minimum) implements RefreshPolicy {
  ClassicalPolicy {
    if (buffer.isNegative() || minimum.isNegative()) {
      throw new IllegalArgumentException(
          "buffer and minimum must not be negative, got " + buffer + " and " + minimum);
    }
  }

  @Override
  public Window window(Lifetime lifetime) {
    if (lifetime.millis() < minimum.toMillis()) {
      return new Window(lifetime.expiresAt(), lifetime.expiresAt(), false);
    }
    boolean fits = lifetime.millis() > buffer.toMillis();
    long at = lifetime.expiresAt() - (fits ? buffer.toMillis() : lifetime.millis() / 2);
    return new Window(at, at, true);
  }
}
