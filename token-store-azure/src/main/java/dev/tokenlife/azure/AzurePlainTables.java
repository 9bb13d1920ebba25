package dev.tokenlife.azure;

import com.azure.core.util.Context;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.models.ListTablesOptions;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableItem;
import dev.tokenlife.backup.PlainRow;
import dev.tokenlife.backup.PlainTables;
import dev.tokenlife.spi.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * All tables of the account, row by row, the application's own and ours. Reading without a
 * partition is a scan of the table, 1000 rows to a request: for backups and for people.
 */
final class AzurePlainTables implements PlainTables {
  private final TableServiceClient service;
  private final Setup setup;
  private final Calls calls;
  private final Counter counter;

  AzurePlainTables(TableServiceClient service, Setup setup, Calls calls, Counter counter) {
    this.service = service;
    this.setup = setup;
    this.calls = calls;
    this.counter = counter;
  }

  @Override
  public NavigableSet<String> names() {
    return calls.repeatable("list of the tables", this::names);
  }

  @Override
  public void create(String table) {
    setup.create(open(table));
  }

  @Override
  public Page<PlainRow> read(
      String table, Optional<String> partition, Optional<String> cursor, int limit) {
    Table from = open(table);
    String filter =
        partition.map(key -> Keys.inPartition(Table.quoted(key))).orElse(Table.EVERYTHING);
    Slice page =
        calls.repeatable(
            "read of table " + table,
            deadline -> from.query(deadline, filter, List.of(), limit, cursor.orElse(null)));
    return new Page<>(
        page.rows().stream().map(AzurePlainTables::row).toList(),
        Optional.ofNullable(page.token()));
  }

  @Override
  public int addMissing(String table, List<PlainRow> rows) {
    List<TableEntity> entities = rows.stream().map(AzurePlainTables::entity).toList();
    return new MissingRows(open(table), calls).add(entities).size();
  }

  private NavigableSet<String> names(Deadline deadline) {
    counter.queries.increment();
    NavigableSet<String> names = new TreeSet<>();
    try {
      Context context = new Wire(false).context(deadline.forRead());
      for (TableItem item : service.listTables(new ListTablesOptions(), null, context)) {
        names.add(item.getName());
      }
      return names;
    } catch (RuntimeException | LinkageError e) {
      throw Faults.of(e, false);
    }
  }

  private Table open(String table) {
    return new Table(table, service.getTableClient(table), counter);
  }

  private static PlainRow row(TableEntity entity) {
    Map<String, Object> columns = new HashMap<>(Entities.copy(entity).getProperties());
    columns.remove("PartitionKey");
    columns.remove("RowKey");
    // The SDK leaves the types it was told of among the columns.
    columns.keySet().removeIf(name -> name.contains("@odata."));
    return new PlainRow(entity.getPartitionKey(), entity.getRowKey(), columns);
  }

  private static TableEntity entity(PlainRow row) {
    TableEntity entity = new TableEntity(row.partitionKey(), row.rowKey());
    row.columns().forEach((name, value) -> Entities.put(entity, name, value));
    return entity;
  }
}
