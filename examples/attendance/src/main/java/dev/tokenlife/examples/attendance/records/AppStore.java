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

  /**
   * Adds a row; false if there is another one already. True also if this very row is there: whoever
   * asks again after a lost answer finds it.
   */
  boolean putIfAbsent(AppTable table, AppRow row);

  /**
   * Writes these columns if the row still has that version; false if it has not, or is gone.
   * Columns it does not name stay, also those of other applications that are not read here.
   */
  boolean update(AppTable table, AppRow row, String expectedVersion);

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
