package dev.tokenlife.spi;

/**
 * Half of the lifetime before expiry, at most 20 minutes; the spread uses up to a quarter of it.
 */
record AdaptivePolicy() implements RefreshPolicy {
  private static final long AT_MOST_MILLIS = 20 * 60_000;

  @Override
  public Window window(Lifetime lifetime) {
    long ahead = Math.min(lifetime.millis() / 2, AT_MOST_MILLIS);
    long earliest = lifetime.expiresAt() - ahead;
    return new Window(earliest, earliest + ahead / 4, true);
  }
}
