package dev.tokenlife.spi;

import java.time.Duration;

/** Anywhere between two distances from expiry, shrunk to fit short lifetimes. */
record WindowPolicy(Duration earliest, Duration latest) implements RefreshPolicy {
  WindowPolicy {
    if (latest.isNegative() || earliest.compareTo(latest) < 0) {
      throw new IllegalArgumentException(
          "the window opens "
              + earliest
              + " and closes "
              + latest
              + " before expiry: the first must be the longer one");
    }
  }

  @Override
  public Window window(Lifetime lifetime) {
    long opens = atMost(earliest, lifetime.millis() / 2);
    long closes = atMost(latest, opens);
    return new Window(lifetime.expiresAt() - opens, lifetime.expiresAt() - closes, true);
  }

  private static long atMost(Duration wish, long most) {
    return wish.compareTo(Duration.ofMillis(most)) < 0 ? wish.toMillis() : most;
  }
}
