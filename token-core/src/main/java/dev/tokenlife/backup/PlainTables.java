package dev.tokenlife.backup;

import dev.tokenlife.spi.Page;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * The application's own tables, to be moved together with the chains. Methods may block, and throw
 * {@link dev.tokenlife.spi.StoreException}.
 */
public interface PlainTables {
  /** Returns the names of all tables there are. */
  NavigableSet<String> names();

  /** Creates a table unless it is there. */
  void create(String table);

  /**
   * Reads a table, or one partition of it, in the order of its keys.
   *
   * @param partition the partition key; empty for a scan of the whole table
   * @param cursor where to go on, from the page before
   * @param limit how many rows at most; 1 or more
   */
  Page<PlainRow> read(String table, Optional<String> partition, Optional<String> cursor, int limit);

  /**
   * Adds rows that are missing and leaves those that are there as they are; may be repeated.
   *
   * @return how many were added; fewer than there are now if an answer was lost meanwhile
   */
  int addMissing(String table, List<PlainRow> rows);
}
