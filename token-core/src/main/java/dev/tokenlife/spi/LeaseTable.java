package dev.tokenlife.spi;

import java.util.List;
import java.util.Optional;

/**
 * A handful of rows by which processes divide work; in the same store as the chains. Methods may be
 * called by many threads and throw {@link StoreException}.
 */
public interface LeaseTable {
  /** Reads all rows: one page. */
  List<Lease> all();

  /**
   * Writes a row if the stored one still has the version of {@code lease}; with an empty version,
   * if there is none.
   *
   * @return the row with its new version; empty if somebody else was first. After an answer was
   *     lost it may be empty although this write happened: the next {@link #all} tells
   */
  Optional<Lease> put(Lease lease);

  /** Removes a row, whatever its version. Does nothing if it is gone. */
  void remove(String name);
}
