package dev.tokenlife.spi;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps chain rows. The one thing that matters is compare-and-set: of any number of writers that
 * name the same version, in one process or in many, exactly one succeeds, and the others are told
 * so by an answer, not by an exception.
 *
 * <p>A write changes the row and its companions (of the same partition) together or not at all, and
 * is durable before it returns. Reads see every write that returned before they began. All methods
 * may be called by many threads, may block, and throw {@link StoreException} for everything that is
 * not an answer; only {@link StoreException.Kind#UNKNOWN} leaves open whether a write happened.
 */
public interface TokenStore extends AutoCloseable {
  /** Reads one row: one point operation. */
  Optional<StoredChain> find(ChainKey key);

  /**
   * Adds a row that must not exist yet.
   *
   * @return {@link WriteResult.Written}, or {@link WriteResult.Lost} with the row that exists, or
   *     {@link WriteResult.CompanionExists} if an inserted companion is there already
   */
  WriteResult insert(ChainRow row, List<CompanionChange> companions);

  /**
   * Replaces a row if it still has the expected version.
   *
   * @return {@link WriteResult.Written}, or {@link WriteResult.Lost} with the row as it is now
   *     (empty if it is gone), or {@link WriteResult.CompanionExists}. If both the version and a
   *     companion are refused, the answer is {@code Lost}
   */
  WriteResult replace(ChainRow row, String expectedVersion, List<CompanionChange> companions);

  /**
   * Removes a row if it still has the expected version.
   *
   * @return whether this call removed it
   */
  boolean delete(ChainKey key, String expectedVersion);

  /**
   * Adds many rows, each as {@link #insert} would and with its own answer, in the given order.
   * Stores that can write several rows of a partition in one operation override this. If it throws,
   * any of them may have been written.
   */
  default List<WriteResult> insertAll(List<Insertion> insertions) {
    List<WriteResult> results = new ArrayList<>(insertions.size());
    for (Insertion insertion : insertions) {
      results.add(insert(insertion.row(), insertion.companions()));
    }
    return results;
  }

  /** Lists chains by partition and by holder. */
  ChainListing listing();

  /** Finds the chains whose refresh is due. */
  DueListing due();

  /** Reads and acknowledges the effects that hand-overs left behind. */
  EffectQueue effects();

  /**
   * Returns the rows by which processes divide background work; empty if this store cannot be
   * shared that way.
   */
  default Optional<LeaseTable> leases() {
    return Optional.empty();
  }

  /** Returns the way to read and fill it as a whole; empty if this store cannot be moved. */
  default Optional<StoreContents> contents() {
    return Optional.empty();
  }

  /**
   * Returns whether the rows live and die with this process and are seen by no other. Only then may
   * keys be generated and cached reads be trusted without a limit.
   */
  boolean processLocal();

  /** Releases what the store itself opened. Rows stay where they are durable. */
  @Override
  default void close() {}

  /** One row to add, with its companions. */
  record Insertion(ChainRow row, List<CompanionChange> companions) {}
}
