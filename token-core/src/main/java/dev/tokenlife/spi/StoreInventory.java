package dev.tokenlife.spi;

import java.util.Optional;

/**
 * What a store holds besides its chains, for moving all of it to another place. Each page is a
 * snapshot of its own, taken while others write.
 */
public interface StoreInventory {
  /** Returns partitions that have rows, in no promised order; some may be empty by now. */
  Page<String> partitions(Optional<String> cursor, int limit);

  /** Returns the companions of a partition, of all kinds and in no promised order. */
  Page<Companion> companions(String partition, Optional<String> cursor, int limit);
}
