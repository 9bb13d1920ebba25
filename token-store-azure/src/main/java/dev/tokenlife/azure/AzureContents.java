package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoreContents;
import dev.tokenlife.spi.StoreItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The whole of the {@code Chains} table. Reading is a scan of the table, 1000 rows to a request;
 * with {@link AzurePlainTables} the only one of this package, everything else names a partition
 * key. Chains of an older application are read as they would be taken over, and stay.
 */
final class AzureContents implements StoreContents {
  private final Table table;
  private final Calls calls;
  private final ItemCodec codec;
  private final HintBatch hints;
  private final Consumer<ChainRow> announce;

  /**
   * Works on the table of chains.
   *
   * @param announce notes what has to be noted before a chain is written
   */
  AzureContents(
      Table table, Calls calls, ItemCodec codec, HintBatch hints, Consumer<ChainRow> announce) {
    this.table = table;
    this.calls = calls;
    this.codec = codec;
    this.hints = hints;
    this.announce = announce;
  }

  @Override
  public Page<StoreItem> read(Optional<String> cursor, int limit) {
    Slice page =
        calls.repeatable(
            "scan of table " + table.name(),
            deadline ->
                table.query(deadline, Table.EVERYTHING, List.of(), limit, cursor.orElse(null)));
    return new Page<>(
        page.rows().stream().flatMap(row -> codec.item(row).stream()).toList(),
        Optional.ofNullable(page.token()));
  }

  @Override
  public int addMissing(List<StoreItem> items) {
    List<ChainRow> chains = new ArrayList<>();
    List<TableEntity> rows = new ArrayList<>();
    List<TableEntity> first = new ArrayList<>();
    for (StoreItem item : items) {
      if (item instanceof StoreItem.Chain chain) {
        chains.add(chain.row());
      }
      List<TableEntity> entities = codec.entities(item);
      first.add(entities.get(0));
      rows.addAll(entities);
    }
    chains.forEach(announce);
    hints.announce(chains);
    Set<TableEntity> added = new MissingRows(table, calls).add(rows);
    return (int) first.stream().filter(added::contains).count();
  }
}
