package dev.tokenlife.azure;

import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.azure.backup.PlainRow;
import dev.tokenlife.azure.backup.PlainTables;
import dev.tokenlife.spi.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The application's own tables, beside ours in the same account and without our prefix. Reading one
 * reads all of it: that is what it is asked for.
 */
final class AzurePlainTables implements PlainTables {
  private final TableServiceClient service;
  private final Calls calls;
  private final Counter counter;

  AzurePlainTables(TableServiceClient service, Calls calls, Counter counter) {
    this.service = service;
    this.calls = calls;
    this.counter = counter;
  }

  @Override
  public void create(String table) {
    try {
      calls.repeatable("creation of table " + table, deadline -> created(table, deadline));
    } catch (Fault there) {
      // Another process was faster.
    }
  }

  private boolean created(String table, Deadline deadline) {
    try {
      service.createTableIfNotExistsWithResponse(
          table, null, new Wire(false).context(deadline.forWrite()));
      return true;
    } catch (RuntimeException | LinkageError e) {
      throw Faults.of(e, false);
    }
  }

  @Override
  public Page<PlainRow> read(String table, Optional<String> cursor, int limit) {
    Table from = open(table);
    Slice page =
        calls.repeatable(
            "read of table " + table,
            deadline ->
                from.query(deadline, "PartitionKey ge ''", List.of(), limit, cursor.orElse(null)));
    return new Page<>(
        page.rows().stream().map(AzurePlainTables::row).toList(),
        Optional.ofNullable(page.token()));
  }

  @Override
  public void write(String table, List<PlainRow> rows) {
    Table to = open(table);
    Map<String, List<PlainRow>> together =
        rows.stream().collect(Collectors.groupingBy(PlainRow::partitionKey));
    for (List<PlainRow> some : together.values()) {
      for (int from = 0; from < some.size(); from += Batches.MAX_ROWS) {
        write(to, some.subList(from, Math.min(some.size(), from + Batches.MAX_ROWS)));
      }
    }
  }

  /** Rows that are too large together, or given twice, go one by one. */
  private void write(Table to, List<PlainRow> rows) {
    List<TableEntity> entities = rows.stream().map(AzurePlainTables::entity).toList();
    long bytes = entities.stream().mapToLong(Entities::wireSize).sum();
    long keys = entities.stream().map(TableEntity::getRowKey).distinct().count();
    String what = "write of table " + to.name();
    if (keys == entities.size() && bytes < Batches.MAX_BYTES / 2) {
      calls.repeatable(
          what,
          deadline -> to.batch(deadline, entities.stream().map(Op::upsert).toList()).isEmpty());
      return;
    }
    for (TableEntity entity : entities) {
      calls.repeatable(what, deadline -> to.upsert(deadline, Entities.copy(entity)));
    }
  }

  private Table open(String table) {
    return new Table(table, service.getTableClient(table), counter);
  }

  private static PlainRow row(TableEntity entity) {
    Map<String, Object> columns = new HashMap<>(Entities.copy(entity).getProperties());
    columns.remove("PartitionKey");
    columns.remove("RowKey");
    return new PlainRow(entity.getPartitionKey(), entity.getRowKey(), columns);
  }

  private static TableEntity entity(PlainRow row) {
    TableEntity entity = new TableEntity(row.partitionKey(), row.rowKey());
    row.columns().forEach((name, value) -> Entities.put(entity, name, value));
    return entity;
  }
}
