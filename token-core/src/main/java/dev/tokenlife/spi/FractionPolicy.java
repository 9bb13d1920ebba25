package dev.tokenlife.spi;

/** When a fraction of the lifetime has passed. */
record FractionPolicy(double fraction) implements RefreshPolicy {
  FractionPolicy {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException("the fraction is between 0 and 1, got " + fraction);
    }
  }

  @Override
  public Window window(Lifetime lifetime) {
    long at = lifetime.issuedAt() + (long) (lifetime.millis() * fraction);
    return new Window(at, at, true);
  }
}
