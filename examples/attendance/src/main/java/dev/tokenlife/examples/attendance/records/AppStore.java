package dev.tokenlife.examples.attendance.records;

import java.util.List;
import java.util.Optional;

/**
 * Keeps the application's tables. The chains are not here: the library keeps those itself.
 *
 * <p>Each write changes one row, atomically; a lost race is an answer. Methods may block and be
 * called by many threads; what fails throws {@link dev.tokenlife.spi.StoreException}.
 */
public interface AppStore extends AutoCloseable {
  /** Reads one row. */
  Optional<StoredRow> get(AppTable table, String partition, String id);

  /** Adds a row; false if there is one already. */
  boolean putIfAbsent(AppTable table, AppRow row);

  /** Replaces a row if it still has that version; false if it has not, or is gone. */
  boolean replace(AppTable table, AppRow row, String expectedVersion);

  /** Lists a partition in the order of its row keys. */
  List<StoredRow> list(AppTable table, String partition);

  /** Removes a row; false if there is none. */
  boolean delete(AppTable table, String partition, String id);

  /** Removes all rows of a partition that are there when the call begins; returns how many. */
  int deletePartition(AppTable table, String partition);

  /** Releases what the store itself opened. */
  @Override
  default void close() {}
}
