package dev.tokenlife.memory;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.DueListing;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.Shards;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds what is due at the front of an index that every write keeps in order, so a page costs what
 * it holds; that of a shard, what is due in all of them. A cursor is the time and the key of the
 * last chain of the page before.
 */
record MemoryDue(RowTable table) implements DueListing {
  @Override
  public Page<DueChain> dueBefore(long before, Optional<String> cursor, int limit) {
    return page(row -> true, before, cursor, limit);
  }

  @Override
  public Page<DueChain> dueBefore(int shard, long before, Optional<String> cursor, int limit) {
    return page(row -> Shards.of(row.key) == shard, before, cursor, limit);
  }

  private Page<DueChain> page(
      Predicate<PackedRow> wanted, long before, Optional<String> cursor, int limit) {
    MemoryListing.checkLimit(limit);
    List<DueChain> items = new ArrayList<>();
    for (PackedRow row : after(cursor)) {
      if (row.dueAt() >= before) {
        break;
      }
      if (items.size() == limit) {
        return new Page<>(items, Optional.of(cursor(items.get(limit - 1))));
      }
      if (wanted.test(row) && table.isCurrent(row)) {
        items.add(new DueChain(row.key, row.dueAt()));
      }
    }
    return new Page<>(items, Optional.empty());
  }

  @Override
  public long planned() {
    return table.planned().size();
  }

  private Iterable<PackedRow> after(Optional<String> cursor) {
    return cursor.isEmpty() ? table.planned() : table.planned().tailSet(place(cursor.get()), false);
  }

  private static String cursor(DueChain due) {
    String partition = due.key().partition();
    return due.dueAt() + ":" + partition.length() + ":" + partition + due.key().id();
  }

  private static PackedRow place(String cursor) {
    try {
      String[] parts = cursor.split(":", 3);
      int end = Integer.parseInt(parts[1]);
      ChainKey key = ChainKey.of(parts[2].substring(0, end), parts[2].substring(end));
      return PackedRow.endOf(key, Long.parseLong(parts[0]));
    } catch (RuntimeException malformed) {
      throw new IllegalArgumentException(
          "not a cursor of this listing: '" + cursor + "'", malformed);
    }
  }
}
