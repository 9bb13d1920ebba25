package dev.tokenlife.testing;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.ChainListing;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoredChain;
import java.util.List;
import java.util.Optional;

/** Lists the chains of a {@link ReferenceStore}. The cursor is the last id seen. */
record ReferenceListing(ReferenceStore store) implements ChainListing {
  @Override
  public Page<StoredChain> byPartition(String partition, Optional<String> cursor, int limit) {
    return page(partition, cursor, limit, Optional.empty());
  }

  @Override
  public Page<StoredChain> byHolder(
      String partition, String holder, Optional<String> cursor, int limit) {
    return page(partition, cursor, limit, Optional.of(holder));
  }

  private Page<StoredChain> page(
      String partition, Optional<String> cursor, int limit, Optional<String> holder) {
    List<StoredChain> rest =
        store.read(
            tables ->
                tables.rows.values().stream()
                    .filter(chain -> chain.row().key().partition().equals(partition))
                    .filter(chain -> cursor.isEmpty() || id(chain).compareTo(cursor.get()) > 0)
                    .filter(chain -> holder.isEmpty() || isHeld(tables, chain, holder.get()))
                    .toList());
    return cut(rest, limit);
  }

  private static boolean isHeld(ReferenceTables tables, StoredChain chain, String holder) {
    ChainKey key = chain.row().key();
    return holder.equals(chain.row().position().holder())
        && tables
            .companions(key.partition())
            .containsKey(ReferenceTables.key(Companion.holderIndex(holder, key)));
  }

  private static Page<StoredChain> cut(List<StoredChain> rest, int limit) {
    if (rest.size() <= limit) {
      return new Page<>(rest, Optional.empty());
    }
    return new Page<>(rest.subList(0, limit), Optional.of(id(rest.get(limit - 1))));
  }

  private static String id(StoredChain chain) {
    return chain.row().key().id();
  }
}
