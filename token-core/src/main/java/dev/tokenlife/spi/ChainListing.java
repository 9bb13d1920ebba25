package dev.tokenlife.spi;

import java.util.Optional;

/** Lists chains; each page is a snapshot of its own, taken while others write. */
public interface ChainListing {
  /**
   * Returns chains of a partition, in the order of their ids.
   *
   * @param cursor where to go on, from the page before
   * @param limit how many at most; 1 or more
   */
  Page<StoredChain> byPartition(String partition, Optional<String> cursor, int limit);

  /** Returns chains of a partition that {@code holder} holds, through the holder index. */
  Page<StoredChain> byHolder(String partition, String holder, Optional<String> cursor, int limit);
}
