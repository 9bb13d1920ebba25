package dev.tokenlife.azure;

import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.spi.StoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Creates what is missing and verifies what is there: the tables, and over how many slices each
 * partition is spread. The latter is written down in the {@code Leases} table, because processes
 * that disagree about it would not find each other's rows.
 */
final class Setup {
  private static final String LAYOUT = "layout";

  private final TableServiceClient service;
  private final Tables tables;
  private final Calls calls;
  private final Keys keys;

  Setup(TableServiceClient service, Tables tables, Calls calls, Keys keys) {
    this.service = service;
    this.tables = tables;
    this.calls = calls;
    this.keys = keys;
  }

  /** Runs once per process before anything else; may run again at any time. */
  void initialize() {
    tables.all().forEach(this::require);
    Map<String, Integer> declared = keys.spread();
    Map<String, Integer> actual = new HashMap<>(stored());
    for (Map.Entry<String, Integer> entry : declared.entrySet()) {
      Integer there = actual.get(entry.getKey());
      if (there == null) {
        actual.put(entry.getKey(), declare(entry.getKey(), entry.getValue()));
      } else if (!there.equals(entry.getValue())) {
        throw conflict(entry.getKey(), entry.getValue(), there);
      }
    }
    keys.spread(actual);
  }

  private void require(Table table) {
    String what = "check of table " + table.name();
    try {
      calls.repeatable(what, deadline -> table.get(deadline, LAYOUT, "none", List.of("RowKey")));
    } catch (Fault there) {
      // There is no such row, so there is a table.
    } catch (StoreException e) {
      if (!(e.kind() == StoreException.Kind.MISCONFIGURED)) {
        throw e;
      }
      create(table);
    }
  }

  /** Creates a table unless it is there. */
  void create(Table table) {
    String what = "creation of table " + table.name();
    try {
      calls.repeatable(what, deadline -> created(table.name(), deadline));
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

  private Map<String, Integer> stored() {
    Map<String, Integer> stored = new HashMap<>();
    new Ranges(tables.leases(), calls)
        .across(List.of(LAYOUT), Keys::inPartition, Optional.empty(), 1_000)
        .items()
        .forEach(
            row ->
                stored.put(
                    Entities.requireText(row, "partition"),
                    (int) Entities.number(row, "slices", 0)));
    return stored;
  }

  private int declare(String partition, int slices) {
    boolean inUse =
        !new Ranges(tables.chains(), calls)
            .across(
                List.of(KeyCodec.part(partition)),
                partitionKey -> Keys.ofKind(partitionKey, Keys.CHAIN),
                List.of("RowKey"),
                Optional.empty(),
                1)
            .items()
            .isEmpty();
    if (inUse) {
      throw conflict(partition, slices, 1);
    }
    TableEntity row =
        new TableEntity(LAYOUT, KeyCodec.part(partition))
            .addProperty("partition", partition)
            .addProperty("slices", (long) slices);
    String what = "layout of partition " + partition + " in table " + tables.leases().name();
    try {
      calls.repeatable(what, deadline -> tables.leases().insert(deadline, Entities.copy(row)));
      return slices;
    } catch (Fault somebodyWasFaster) {
      int there = stored().getOrDefault(partition, slices);
      if (there != slices) {
        throw conflict(partition, slices, there);
      }
      return there;
    }
  }

  private static StoreException conflict(String partition, int declared, int there) {
    return new StoreException(
        StoreException.Kind.MISCONFIGURED,
        "partition '"
            + partition
            + "' is declared spread over "
            + declared
            + " slices, but its rows lie in "
            + there
            + "; declare what is there, or move them with backup and restore");
  }
}
