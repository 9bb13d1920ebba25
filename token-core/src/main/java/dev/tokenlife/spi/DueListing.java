package dev.tokenlife.spi;

import dev.tokenlife.model.ChainKey;
import java.util.Optional;

/**
 * Finds fetched chains by the time of their refresh. What it says is a hint: a chain is refreshed
 * only after its row was looked at.
 */
public interface DueListing {
  /**
   * Returns active fetched chains that are due before a time, soonest first within what one page
   * can see.
   *
   * @param before epoch milliseconds, exclusive
   * @param cursor where to go on, from the page before
   * @param limit how many at most; 1 or more
   */
  Page<DueChain> dueBefore(long before, Optional<String> cursor, int limit);

  /**
   * The same for one shard, see {@link Shards}. Stores that keep their index by shard override
   * this; otherwise pages are filtered and may come out empty.
   */
  default Page<DueChain> dueBefore(int shard, long before, Optional<String> cursor, int limit) {
    Page<DueChain> page = dueBefore(before, cursor, limit);
    return new Page<>(
        page.items().stream().filter(due -> Shards.of(due.key()) == shard).toList(), page.next());
  }

  /** Counts active fetched chains that have a refresh planned, due or not. May cost a full pass. */
  long planned();

  /**
   * A chain and when it is due.
   *
   * @param key the chain
   * @param dueAt epoch milliseconds
   */
  record DueChain(ChainKey key, long dueAt) {}
}
