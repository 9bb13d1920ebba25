package dev.tokenlife.examples.attendance.records;

import com.azure.core.http.policy.ExponentialBackoffOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.http.rest.Response;
import com.azure.core.util.Context;
import com.azure.core.util.HttpClientOptions;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.TableServiceClientBuilder;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableEntityUpdateMode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Tables in Azure Table Storage, shared by every process that is given the same account. A row's
 * ETag is its version. Each call is tried up to four times within some 20 s; a repeated write that
 * had succeeded the first time is an answer that callers of the interface are ready for.
 */
public final class AzureAppStore implements AppStore {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<AppTable, TableClient> tables = new EnumMap<>(AppTable.class);

  private AzureAppStore(TableServiceClient service, String prefix) {
    for (AppTable table : AppTable.values()) {
      tables.put(table, service.getTableClient(prefix + table.tableName()));
    }
  }

  /**
   * Opens the tables, and creates those that are missing.
   *
   * @param connectionString of a storage account, or of the emulator
   * @param prefix what every table's name begins with; usually nothing
   * @throws IllegalArgumentException if the text is no connection string; not shown, for the key
   *     that may be in it
   */
  public static AzureAppStore open(String connectionString, String prefix) {
    TableServiceClientBuilder builder =
        new TableServiceClientBuilder()
            .retryOptions(
                new RetryOptions(
                    new ExponentialBackoffOptions()
                        .setMaxRetries(3)
                        .setBaseDelay(Duration.ofMillis(100))
                        .setMaxDelay(Duration.ofSeconds(1))))
            .clientOptions(
                new HttpClientOptions().setConnectTimeout(PATIENCE).setResponseTimeout(PATIENCE));
    AzureAppStore store = new AzureAppStore(client(builder, connectionString), prefix);
    store.tables.forEach(AzureAppStore::create);
    return store;
  }

  private static void create(AppTable table, TableClient client) {
    Answers.of(
        table,
        () -> {
          client.createTable();
          return true;
        },
        Map.of(409, true));
  }

  @Override
  public Optional<StoredRow> get(AppTable table, String partition, String id) {
    if (!EntityRows.canBeKey(partition) || !EntityRows.canBeKey(id)) {
      return Optional.empty();
    }
    return Answers.of(
        table,
        () -> Optional.of(EntityRows.stored(client(table).getEntity(partition, id))),
        Map.of(404, Optional.empty()));
  }

  @Override
  public boolean putIfAbsent(AppTable table, AppRow row) {
    boolean added =
        Answers.of(
            table,
            () -> {
              client(table).createEntity(EntityRows.entity(row));
              return true;
            },
            Map.of(409, false));
    return added
        || get(table, row.partition(), row.id())
            .filter(there -> there.row().equals(row))
            .isPresent();
  }

  @Override
  public boolean update(AppTable table, AppRow row, String expectedVersion) {
    TableEntity entity = EntityRows.conditional(row, expectedVersion);
    return Answers.of(
        table,
        () -> {
          client(table)
              .updateEntityWithResponse(
                  entity, TableEntityUpdateMode.MERGE, true, null, Context.NONE);
          return true;
        },
        Map.of(412, false, 404, false));
  }

  @Override
  public List<StoredRow> list(AppTable table, String partition) {
    String filter = "PartitionKey eq '" + partition.replace("'", "''") + "'";
    return Answers.of(
        table,
        () ->
            client(table)
                .listEntities(new ListEntitiesOptions().setFilter(filter), null, Context.NONE)
                .stream()
                .map(EntityRows::stored)
                .toList(),
        Map.of());
  }

  @Override
  public boolean delete(AppTable table, String partition, String id) {
    TableEntity gone = new TableEntity(partition, id);
    Response<Void> answer =
        Answers.of(
            table,
            () -> client(table).deleteEntityWithResponse(gone, false, null, Context.NONE),
            Map.of());
    return answer.getStatusCode() != 404;
  }

  /** {@inheritDoc} One request for each, so that a row somebody else removes stops nothing. */
  @Override
  public int deletePartition(AppTable table, String partition) {
    int deleted = 0;
    for (StoredRow stored : list(table, partition)) {
      deleted += delete(table, partition, stored.row().id()) ? 1 : 0;
    }
    return deleted;
  }

  private TableClient client(AppTable table) {
    return Objects.requireNonNull(tables.get(table));
  }

  private static TableServiceClient client(TableServiceClientBuilder builder, String connection) {
    try {
      return builder.connectionString(connection).buildClient();
    } catch (RuntimeException malformed) {
      throw new IllegalArgumentException("not a connection string of Azure Storage");
    }
  }
}
