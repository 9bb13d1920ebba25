package dev.tokenlife.testing;

import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoreContents;
import dev.tokenlife.spi.StoreItem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads and fills a {@link ReferenceStore}; each page sorts everything there is. */
record ReferenceContents(ReferenceStore store) implements StoreContents {
  @Override
  public Page<StoreItem> read(Optional<String> cursor, int limit) {
    SortedMap<String, StoreItem> all = store.read(ReferenceContents::all);
    List<Map.Entry<String, StoreItem>> rest =
        all.entrySet().stream()
            .filter(item -> cursor.isEmpty() || item.getKey().compareTo(cursor.get()) > 0)
            .toList();
    List<Map.Entry<String, StoreItem>> page = rest.subList(0, Math.min(limit, rest.size()));
    return new Page<>(
        page.stream().map(Map.Entry::getValue).toList(),
        page.size() == rest.size()
            ? Optional.empty()
            : Optional.of(page.get(page.size() - 1).getKey()));
  }

  @Override
  public int addMissing(List<StoreItem> items) {
    return (int) items.stream().filter(item -> store.read(tables -> add(tables, item))).count();
  }

  private static boolean add(ReferenceTables tables, StoreItem item) {
    if (item instanceof StoreItem.Beside beside) {
      Object key = ReferenceTables.key(beside.companion());
      return tables.companions(item.partition()).putIfAbsent(key, beside.companion()) == null;
    }
    StoreItem.Chain chain = (StoreItem.Chain) item;
    if (tables.rows.containsKey(chain.row().key())) {
      return false;
    }
    tables.write(chain.row(), List.of());
    chain
        .holderEntry()
        .ifPresent(
            entry -> tables.companions(item.partition()).put(ReferenceTables.key(entry), entry));
    return true;
  }

  private static SortedMap<String, StoreItem> all(ReferenceTables tables) {
    SortedMap<String, StoreItem> all = new TreeMap<>();
    tables.rows.forEach((key, chain) -> all.put("1 " + key, new StoreItem.Chain(chain.row())));
    for (String partition : tables.partitions()) {
      for (Companion companion : tables.companions(partition).values()) {
        if (!(companion instanceof Companion.HolderIndex)) {
          all.put("2 " + partition + ' ' + companion, new StoreItem.Beside(partition, companion));
        }
      }
    }
    return all;
  }
}
