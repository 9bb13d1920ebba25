package dev.tokenlife.memory;

import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoreInventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists partitions by name and companions by place. */
record MemoryInventory(RowTable table, CompanionTable companions) implements StoreInventory {
  @Override
  public Page<String> partitions(Optional<String> cursor, int limit) {
    List<String> found = new ArrayList<>();
    String next = table.partitionAfter(cursor.orElse(""));
    while (next != null && found.size() < limit) {
      found.add(next);
      next = table.partitionAfter(next);
    }
    return new Page<>(
        found, next == null ? Optional.empty() : Optional.of(found.get(found.size() - 1)));
  }

  @Override
  public Page<Companion> companions(String partition, Optional<String> cursor, int limit) {
    int from = cursor.map(Integer::parseInt).orElse(0);
    List<Companion> all = companions.of(partition);
    int to = (int) Math.min(all.size(), (long) from + limit);
    return new Page<>(
        all.subList(Math.min(from, to), to),
        to == all.size() ? Optional.empty() : Optional.of(Integer.toString(to)));
  }
}
