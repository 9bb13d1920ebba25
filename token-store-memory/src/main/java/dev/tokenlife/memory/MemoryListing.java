package dev.tokenlife.memory;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.ChainListing;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoredChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists chains. A cursor is the id of the last chain of the page before. */
record MemoryListing(RowTable table, CompanionTable companions) implements ChainListing {
  @Override
  public Page<StoredChain> byPartition(String partition, Optional<String> cursor, int limit) {
    List<StoredChain> items = new ArrayList<>();
    checkLimit(limit);
    for (PackedRow row :
        cursor.isEmpty() ? table.from(partition) : table.after(partition, cursor.get())) {
      if (!row.key.partition().equals(partition)) {
        break;
      }
      if (items.size() == limit) {
        return cut(items);
      }
      items.add(table.open(row));
    }
    return new Page<>(items, Optional.empty());
  }

  @Override
  public Page<StoredChain> byHolder(
      String partition, String holder, Optional<String> cursor, int limit) {
    List<StoredChain> items = new ArrayList<>();
    checkLimit(limit);
    for (String id : companions.heldBy(partition, holder, cursor)) {
      if (items.size() == limit) {
        return cut(items);
      }
      PackedRow row = table.get(ChainKey.of(partition, id));
      if (row != null) {
        StoredChain chain = table.open(row);
        // While a chain passes from one to the other, the index names both.
        if (holder.equals(chain.row().position().holder())) {
          items.add(chain);
        }
      }
    }
    return new Page<>(items, Optional.empty());
  }

  static void checkLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page has a limit of 1 or more, not " + limit);
    }
  }

  private static Page<StoredChain> cut(List<StoredChain> items) {
    return new Page<>(items, Optional.of(items.get(items.size() - 1).row().key().id()));
  }
}
