package dev.tokenlife.spi;

import java.util.List;
import java.util.Optional;

/**
 * Everything a store keeps, for moving house. It is the only interface by which a store is read
 * from one end to the other; nothing but backup and restore should use it. Methods may block, and
 * throw {@link StoreException}.
 */
public interface StoreContents {
  /**
   * Reads chains, held-before markers and effects, in an order of the store's own. Entries of the
   * holder index follow from the chains and are no items. What is written meanwhile may be read or
   * not; what is there all the time is read at least once.
   *
   * @param cursor where to go on, from the page before; stays good for as long as the store lives
   * @param limit how many at most; 1 or more
   */
  Page<StoreItem> read(Optional<String> cursor, int limit);

  /**
   * Adds items that are missing, chains with their {@link StoreItem.Chain#holderEntry()}, and
   * leaves what is there as it is, whoever wrote it; so it may be called again with the same items
   * after any failure. Items are durable one by one, not together: nobody should use the store
   * meanwhile. Chains that are planned are found by {@link TokenStore#due()} afterwards.
   *
   * @return how many items were added; fewer than are new if an answer was lost meanwhile
   */
  int addMissing(List<StoreItem> items);
}
