package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoreItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of the {@code Chains} table as items, and items as rows. */
record ItemCodec(Table table, Keys keys, RowCodec codec, OlderRows older) {
  /**
   * Reads a row; empty for an entry of the holder index.
   *
   * @throws StoreException {@link StoreException.Kind#UNREADABLE}, naming table and key
   */
  Optional<StoreItem> item(TableEntity entity) {
    String rowKey = entity.getRowKey();
    boolean ours = rowKey.length() > 1 && rowKey.charAt(1) == KeyCodec.SEPARATOR;
    return switch (ours ? rowKey.substring(0, 1) : "") {
      case Keys.CHAIN -> Optional.of(new StoreItem.Chain(codec.chain(entity).row()));
      case Keys.HOLDER -> Optional.empty();
      case Keys.HELD ->
          beside(entity, new Companion.HeldBefore(Entities.requireText(entity, "holder")));
      case Keys.EFFECT -> beside(entity, new Companion.EffectRow(CompanionCodec.effect(entity)));
      default -> Optional.of(older(entity));
    };
  }

  private static Optional<StoreItem> beside(TableEntity entity, Companion companion) {
    String partition = Entities.requireText(entity, CompanionCodec.PARTITION);
    return Optional.of(new StoreItem.Beside(partition, companion));
  }

  private StoreItem older(TableEntity entity) {
    String partition = entity.getPartitionKey();
    String id = entity.getRowKey();
    boolean plain =
        !id.isEmpty()
            && !partition.isEmpty()
            && KeyCodec.part(partition).equals(partition)
            && KeyCodec.part(id).equals(id);
    if (!plain) {
      throw new StoreException(
          StoreException.Kind.UNREADABLE,
          "table "
              + table.name()
              + ", "
              + Entities.where(entity)
              + ": it is no row of a chain; remove it from this table");
    }
    return new StoreItem.Chain(older.row(ChainKey.of(partition, id), entity));
  }

  /** Writes an item: the row that stands for it first, then what goes with it. */
  List<TableEntity> entities(StoreItem item) {
    if (item instanceof StoreItem.Chain chain) {
      TableEntity row = codec.entity(chain.row());
      List<TableEntity> entities = new ArrayList<>(List.of(row));
      chain
          .holderEntry()
          .map(entry -> CompanionCodec.entity(row.getPartitionKey(), item.partition(), entry))
          .ifPresent(entities::add);
      return entities;
    }
    Companion companion = ((StoreItem.Beside) item).companion();
    return places(item.partition(), companion).stream()
        .map(key -> CompanionCodec.entity(key, item.partition(), companion))
        .toList();
  }

  /** Who held a chain of a partition is known in each of its slices. */
  private List<String> places(String partition, Companion companion) {
    return companion instanceof Companion.EffectRow effect
        ? List.of(keys.partitionKey(effect.effect().chain()))
        : keys.partitionKeys(partition);
  }
}
