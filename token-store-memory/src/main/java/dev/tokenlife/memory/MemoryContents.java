package dev.tokenlife.memory;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoreContents;
import dev.tokenlife.spi.StoreItem;
import dev.tokenlife.spi.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the chains in the order of their keys, then what is beside them. A cursor names the last
 * item of the page before.
 */
record MemoryContents(MemoryTokenStore store, RowTable table, CompanionTable companions)
    implements StoreContents {
  private static final String CHAIN = "chain";

  @Override
  public Page<StoreItem> read(Optional<String> cursor, int limit) {
    MemoryListing.checkLimit(limit);
    List<String> at = PlaceText.split(cursor.orElse(""));
    if (!at.isEmpty() && !at.get(0).equals(CHAIN)) {
      return companions.items(at, limit);
    }
    List<StoreItem> items = new ArrayList<>();
    for (PackedRow row :
        at.isEmpty() ? table.all() : table.behind(ChainKey.of(at.get(1), at.get(2)))) {
      if (items.size() == limit) {
        ChainKey last = ((StoreItem.Chain) items.get(limit - 1)).row().key();
        return new Page<>(items, Optional.of(PlaceText.join(CHAIN, last.partition(), last.id())));
      }
      items.add(new StoreItem.Chain(table.open(row).row()));
    }
    return new Page<>(items, Optional.of(PlaceText.join(CompanionTable.MARKERS)));
  }

  @Override
  public int addMissing(List<StoreItem> items) {
    int added = 0;
    for (StoreItem item : items) {
      boolean missing =
          item instanceof StoreItem.Chain chain
              ? add(chain)
              : store.add(item.partition(), ((StoreItem.Beside) item).companion());
      added += missing ? 1 : 0;
    }
    return added;
  }

  private boolean add(StoreItem.Chain chain) {
    boolean missing = store.insert(chain.row(), List.of()) instanceof WriteResult.Written;
    if (missing) {
      chain.holderEntry().ifPresent(entry -> store.add(chain.partition(), entry));
    }
    return missing;
  }
}
