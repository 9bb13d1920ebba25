package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.spi.Lease;
import dev.tokenlife.spi.LeaseTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows by which processes divide work. Members and shards lie side by side, so that one range
 * of partition keys reads both in one page.
 */
final class AzureLeaseTable implements LeaseTable {
  static final String MEMBERS = "members";
  static final String SHARDS = "shard";

  private final Table table;
  private final Calls calls;

  AzureLeaseTable(Table table, Calls calls) {
    this.table = table;
    this.calls = calls;
  }

  @Override
  public List<Lease> all() {
    String filter = "PartitionKey ge '" + MEMBERS + "' and PartitionKey le '" + SHARDS + "'";
    List<Lease> leases = new ArrayList<>();
    @Nullable String token = null;
    do {
      String from = token;
      Slice page =
          calls.repeatable(
              "read of table " + table.name(),
              deadline -> table.query(deadline, filter, List.of(), 1_000, from));
      page.rows().forEach(row -> leases.add(lease(row)));
      token = page.token();
    } while (token != null);
    return leases;
  }

  @Override
  public Optional<Lease> put(Lease lease) {
    TableEntity entity = entity(lease);
    String what = table.what("lease", entity.getPartitionKey(), entity.getRowKey());
    try {
      String etag =
          calls.repeatable(
              what,
              deadline ->
                  lease.version().isEmpty()
                      ? table.insert(deadline, Entities.copy(entity))
                      : table.replace(deadline, Entities.copy(entity), lease.version()));
      return Optional.of(
          new Lease(lease.name(), lease.owner(), lease.counter(), lease.next(), etag));
    } catch (Fault lost) {
      return Optional.empty();
    }
  }

  @Override
  public void remove(String name) {
    TableEntity row = key(name);
    calls.repeatable(
        table.what("removal of a lease", row.getPartitionKey(), row.getRowKey()),
        deadline -> {
          table.delete(deadline, row.getPartitionKey(), row.getRowKey());
          return true;
        });
  }

  private static TableEntity entity(Lease lease) {
    return key(lease.name())
        .addProperty("name", lease.name())
        .addProperty("owner", lease.owner())
        .addProperty("counter", lease.counter())
        .addProperty("next", lease.next());
  }

  private static TableEntity key(String name) {
    return new TableEntity(name.startsWith("s:") ? SHARDS : MEMBERS, KeyCodec.part(name));
  }

  private static Lease lease(TableEntity row) {
    return new Lease(
        Entities.requireText(row, "name"),
        Entities.requireText(row, "owner"),
        Entities.number(row, "counter", 0),
        Entities.requireText(row, "next"),
        Etags.repaired(row.getETag()));
  }
}
