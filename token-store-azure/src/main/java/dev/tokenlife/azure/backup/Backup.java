package dev.tokenlife.azure.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tokenlife.spi.ChainListing;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.Lease;
import dev.tokenlife.spi.LeaseTable;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoreInventory;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes everything a store holds into a file of JSON lines. What is written while it runs may or
 * may not be in it; each chain is whole. Secrets stay sealed, as they are in the store. Continued
 * where it broke off by the same call again. Not thread-safe.
 */
public final class Backup {
  static final int FORMAT = 1;
  static final String HEADER = "tokenlife-backup";

  private static final int PAGE = 1_000;
  private static final int PARTITIONS = 100;

  private final TokenStore store;
  private final StoreInventory inventory;
  private final List<String> tables = new ArrayList<>();
  private Optional<PlainTables> plain = Optional.empty();
  private Consumer<Progress> listener = any -> {};
  private Progress progress = Progress.NONE;

  private Backup(TokenStore store) {
    this.store = store;
    this.inventory =
        store
            .inventory()
            .orElseThrow(() -> new BackupException("this store cannot tell what it holds"));
  }

  /** Starts describing a backup of a store. */
  public static Backup of(TokenStore store) {
    return new Backup(store);
  }

  /** Takes tables of the application along. */
  public Backup tables(PlainTables from, List<String> names) {
    plain = Optional.of(from);
    tables.addAll(names);
    return this;
  }

  /** Is told after every page, on the calling thread. */
  public Backup progress(Consumer<Progress> told) {
    listener = told;
    return this;
  }

  /**
   * Writes the file, or what is missing of it.
   *
   * @throws dev.tokenlife.spi.StoreException if the store fails; call again to continue
   */
  public Progress writeTo(Path file) {
    Optional<JsonNode> earlier = BackupFile.earlier(BackupFile.note(file));
    progress = earlier.map(note -> Json.as(note.path("progress"), Progress.class)).orElse(progress);
    long bytes = earlier.map(note -> note.path("bytes").asLong()).orElse(0L);
    JsonNode from = earlier.orElse(Json.MAPPER.createObjectNode());
    try (BackupFile out = new BackupFile(file, bytes)) {
      if (bytes == 0) {
        out.write(Json.line(HEADER).put("format", FORMAT));
        leases(out);
      }
      if (!from.has("table")) {
        chains(out, from);
      }
      tables(out, from);
      out.write(
          Json.line("end")
              .put("chains", progress.chains())
              .put("companions", progress.companions())
              .put("rows", progress.rows()));
    }
    BackupFile.forget(BackupFile.note(file));
    progress = progress.finished();
    listener.accept(progress);
    return progress;
  }

  /** Only the epochs: who owned what is over when it is restored. */
  private void leases(BackupFile out) {
    for (Lease lease : store.leases().map(LeaseTable::all).orElse(List.of())) {
      if (lease.name().startsWith("s:")) {
        out.write(Json.line("lease").put("name", lease.name()).put("epoch", lease.counter()));
      }
    }
  }

  private void chains(BackupFile out, JsonNode from) {
    Optional<String> at = text(from, "partitions");
    Optional<String> current = text(from, "partition");
    Optional<String> chain = text(from, "chain");
    do {
      Page<String> page = inventory.partitions(at, PARTITIONS);
      int first = Math.max(0, page.items().indexOf(current.orElse("")));
      for (String partition : page.items().subList(first, page.items().size())) {
        boolean continued = current.equals(Optional.of(partition));
        partition(out, at, partition, continued ? chain : Optional.empty());
      }
      current = Optional.empty();
      at = page.next();
      if (at.isPresent()) {
        checkpoint(out, state().put("partitions", at.get()));
      }
    } while (at.isPresent());
  }

  private void partition(
      BackupFile out, Optional<String> page, String partition, Optional<String> from) {
    if (from.isEmpty()) {
      out.write(Json.line("partition").put("name", partition));
      companions(out, partition);
    }
    ChainListing listing = store.listing();
    Optional<String> at = from;
    do {
      Page<StoredChain> chains = listing.byPartition(partition, at, PAGE);
      for (StoredChain chain : chains.items()) {
        ObjectNode line = Json.line("chain");
        line.set("row", Json.MAPPER.valueToTree(chain.row()));
        out.write(line);
      }
      progress = progress.plus(chains.items().size(), 0, 0, 0);
      at = chains.next();
      if (at.isPresent()) {
        ObjectNode state = state().put("partition", partition).put("chain", at.get());
        page.ifPresent(cursor -> state.put("partitions", cursor));
        checkpoint(out, state);
      }
    } while (at.isPresent());
  }

  private void companions(BackupFile out, String partition) {
    Optional<String> at = Optional.empty();
    do {
      Page<Companion> page = inventory.companions(partition, at, PAGE);
      page.items().forEach(companion -> out.write(Companions.write(companion)));
      progress = progress.plus(0, page.items().size(), 0, 0);
      at = page.next();
    } while (at.isPresent());
  }

  private void tables(BackupFile out, JsonNode from) {
    int first = text(from, "table").map(tables::indexOf).orElse(0);
    Optional<String> at = text(from, "row");
    for (String table : tables.subList(Math.max(0, first), tables.size())) {
      do {
        checkpoint(out, tableState(table, at));
        Page<PlainRow> page = plain.orElseThrow().read(table, at, PAGE);
        page.items().forEach(row -> out.write(line(table, row)));
        progress = progress.plus(0, 0, page.items().size(), 0);
        at = page.next();
      } while (at.isPresent());
    }
  }

  private ObjectNode tableState(String table, Optional<String> row) {
    ObjectNode state = state().put("table", table);
    row.ifPresent(cursor -> state.put("row", cursor));
    return state;
  }

  private static ObjectNode line(String table, PlainRow row) {
    ObjectNode line =
        Json.line("row")
            .put("table", table)
            .put("partitionKey", row.partitionKey())
            .put("rowKey", row.rowKey());
    line.set("columns", Values.write(row.columns()));
    return line;
  }

  private ObjectNode state() {
    ObjectNode state = Json.MAPPER.createObjectNode();
    state.set("progress", Json.MAPPER.valueToTree(progress));
    return state;
  }

  private void checkpoint(BackupFile out, ObjectNode state) {
    out.checkpoint(state);
    listener.accept(progress);
  }

  static Optional<String> text(JsonNode node, String name) {
    return node.hasNonNull(name) ? Optional.of(node.path(name).asText()) : Optional.empty();
  }
}
