package dev.tokenlife.memory;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The rows in the order of their keys, the planned ones in the order of their times, and how many
 * are not over. Readers take no lock; whoever changes a row holds its lock.
 */
final class RowTable {
  /**
   * By partition and id. Rows share the text of their partition, so most comparisons are of ids.
   */
  @SuppressWarnings("ReferenceEquality")
  static final Comparator<ChainKey> BY_KEY =
      (one, other) -> {
        boolean same = one.partition() == other.partition();
        int partitions = same ? 0 : one.partition().compareTo(other.partition());
        return partitions != 0 ? partitions : one.id().compareTo(other.id());
      };

  /** No id sorts before it. */
  private static final String FIRST_ID = "\u0000";

  private final ConcurrentSkipListMap<ChainKey, PackedRow> rows =
      new ConcurrentSkipListMap<>(BY_KEY);
  private final ConcurrentSkipListSet<PackedRow> planned =
      new ConcurrentSkipListSet<>(PackedRow.BY_DUE_TIME);
  private final Words words = new Words();
  private final AtomicLong live = new AtomicLong();
  private final AtomicLong versions = new AtomicLong();
  private final long maxLive;

  RowTable(long maxLive) {
    this.maxLive = maxLive;
  }

  /** Packs a row that is to be written. Costs more than the write, so it is done without a lock. */
  PackedRow pack(ChainRow row) {
    return PackedRow.first(words, row);
  }

  StoredChain open(PackedRow row) {
    return row.open(words);
  }

  @Nullable PackedRow get(ChainKey key) {
    return rows.get(key);
  }

  /** Returns the rows of a partition that come after an id, in their order. */
  Iterable<PackedRow> after(String partition, String id) {
    return rows.tailMap(ChainKey.of(partition, id), false).values();
  }

  /** Returns the rows of a partition and of those behind it, in their order. */
  Iterable<PackedRow> from(String partition) {
    return rows.tailMap(ChainKey.of(partition, FIRST_ID), true).values();
  }

  /** Returns all rows, in the order of their keys. */
  Iterable<PackedRow> all() {
    return rows.values();
  }

  /** Returns the rows behind a key, whatever their partition, in their order. */
  Iterable<PackedRow> behind(ChainKey key) {
    return rows.tailMap(key, false).values();
  }

  /** Returns the planned rows, soonest first; some may have been replaced already. */
  NavigableSet<PackedRow> planned() {
    return planned;
  }

  /** Returns whether this is the row as it is now. */
  boolean isCurrent(PackedRow row) {
    return rows.get(row.key) == row;
  }

  boolean hasPartition(String partition) {
    ChainKey next = rows.ceilingKey(ChainKey.of(partition, FIRST_ID));
    return next != null && next.partition().equals(partition);
  }

  long live() {
    return live.get();
  }

  long size() {
    return rows.size();
  }

  /**
   * Makes room for a new row.
   *
   * @throws StoreException {@code FULL} if there is none
   */
  PackedRow admit(PackedRow row) {
    if (!row.isOver() && live.incrementAndGet() > maxLive) {
      live.decrementAndGet();
      throw new StoreException(
          StoreException.Kind.FULL,
          "no room for chain "
              + row.key
              + ": the memory store holds its limit of "
              + maxLive
              + " live chains; close chains that are no longer needed, or raise"
              + " MemoryTokenStore.builder().maxLiveChains(...)");
    }
    return row.at(shared(row.key), versions.incrementAndGet());
  }

  /** Makes the next state of a row; shows it to nobody yet. */
  PackedRow next(PackedRow was, PackedRow row) {
    return row.after(was, versions.incrementAndGet());
  }

  /** Shows an admitted row, or the next state of one; planned before it is seen, and until then. */
  void publish(@Nullable PackedRow was, PackedRow row) {
    if (row.isPlanned()) {
      planned.add(row);
    }
    rows.put(row.key, row);
    if (was != null) {
      unplan(was);
      live.addAndGet((was.isOver() ? 1 : 0) - (row.isOver() ? 1 : 0));
    }
  }

  void remove(PackedRow was) {
    rows.remove(was.key);
    unplan(was);
    live.addAndGet(was.isOver() ? 0 : -1);
  }

  private void unplan(PackedRow was) {
    if (was.isPlanned()) {
      planned.remove(was);
    }
  }

  /** The same key, with the text of its partition that the neighbours use already. */
  private ChainKey shared(ChainKey key) {
    for (ChainKey neighbour : new ChainKey[] {rows.lowerKey(key), rows.higherKey(key)}) {
      if (neighbour != null && neighbour.partition().equals(key.partition())) {
        return new ChainKey(neighbour.partition(), key.id());
      }
    }
    return key;
  }
}
