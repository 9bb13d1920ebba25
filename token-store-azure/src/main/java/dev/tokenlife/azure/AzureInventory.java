package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoreInventory;
import java.util.List;
import java.util.Optional;

/** Lists the partitions that were noted, and the companions beside their chains. */
record AzureInventory(PartitionNotes notes, Ranges chains, Keys keys) implements StoreInventory {
  private static final List<String> KINDS = List.of(Keys.EFFECT, Keys.HOLDER, Keys.HELD);

  @Override
  public Page<String> partitions(Optional<String> cursor, int limit) {
    Page<PartitionNotes.Note> page = notes.list(cursor, limit);
    return new Page<>(
        page.items().stream().map(PartitionNotes.Note::partition).toList(), page.next());
  }

  @Override
  public Page<Companion> companions(String partition, Optional<String> cursor, int limit) {
    Page<TableEntity> page =
        chains.across(
            keys.partitionKeys(partition).stream()
                .flatMap(key -> KINDS.stream().map(kind -> kind + key))
                .toList(),
            kindAndKey -> Keys.ofKind(kindAndKey.substring(1), kindAndKey.substring(0, 1)),
            cursor,
            limit);
    return new Page<>(page.items().stream().map(CompanionCodec::companion).toList(), page.next());
  }
}
