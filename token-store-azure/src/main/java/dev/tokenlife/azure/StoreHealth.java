package dev.tokenlife.azure;

import dev.tokenlife.spi.StoreException;
import java.time.Duration;
import java.util.Optional;

/**
 * What one small read told about the store.
 *
 * @param problem what is wrong; empty if nothing
 * @param detail one line for people
 * @param took how long it took, retries included
 */
public record StoreHealth(Optional<StoreException.Kind> problem, String detail, Duration took) {
  /** Returns whether the store answered as it should. */
  public boolean usable() {
    return problem.isEmpty();
  }
}
