package dev.tokenlife.spi;

import java.util.List;
import java.util.Optional;

/**
 * Part of a listing.
 *
 * @param items what was found; may be empty although more follows
 * @param next the cursor of the next page; empty at the end
 */
public record Page<T>(List<T> items, Optional<String> next) {
  /** Copies the list. */
  public Page {
    items = List.copyOf(items);
  }
}
