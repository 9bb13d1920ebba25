package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.data.tables.TableClient;
import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.backup.Backup;
import dev.tokenlife.backup.BackupReport;
import dev.tokenlife.backup.PlainTables;
import dev.tokenlife.backup.Restore;
import dev.tokenlife.memory.MemoryTokenStore;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoreItem;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.spi.WriteResult;
import dev.tokenlife.testing.FullRows;
import dev.tokenlife.testing.Rows;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What moving costs on the wire, and what becomes of a move that breaks off. */
final class ContentsTest extends FaultCase {
  @TempDir Path directory = Path.of("");

  private Path file() {
    return directory.resolve("backup.jsonl");
  }

  /** A store of 250, 100 and 1 chains in three partitions, each with its place in the index. */
  private static TokenStore threePartitions() {
    TokenStore memory = MemoryTokenStore.create();
    Map<String, Integer> sizes = Map.of("p1", 250, "p2", 100, "p3", 1);
    sizes.forEach(
        (partition, size) -> {
          for (int i = 0; i < size; i++) {
            ChainRow row = Rows.minted(ChainKey.of(partition, "c" + i), "h" + i % 9);
            memory.insert(
                row,
                List.of(CompanionChange.insert(Companion.holderIndex("h" + i % 9, row.key()))));
          }
        });
    return memory;
  }

  private List<String> requests(String ending) {
    return faults.seen().stream().filter(request -> request.contains(ending)).toList();
  }

  @Test
  void importing_isARequestForEach100RowsOfAPartition_andExporting_oneForEach1000() {
    Backup.of(threePartitions()).writeTo(file());
    faults.seen();
    Restore.into(store).from(file());
    List<String> sent = faults.seen();
    // 500 rows, 200 rows and 2: a chain and an index entry each.
    assertThat(sent).filteredOn(request -> request.contains("$batch")).hasSize(5 + 2 + 1);
    // The notes of three partitions, and a look at the leases.
    assertThat(sent).hasSize(5 + 2 + 1 + 3 + 1);

    Backup.of(store).writeTo(directory.resolve("second.jsonl"));
    assertThat(faults.seen()).hasSize(1 + 1);
    for (int i = 0; i < 4; i++) {
      store.insertAll(grants(i * 500, 500));
    }
    faults.seen();
    // 702 rows of before, one that every test has, and 2000 grants.
    BackupReport report = Backup.of(store).writeTo(directory.resolve("third.jsonl"));
    assertThat(report.chains()).isEqualTo(351 + 1 + 2_000);
    assertThat(requests("Chains()")).hasSize(3);
  }

  private static List<TokenStore.Insertion> grants(int from, int count) {
    List<TokenStore.Insertion> grants = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      grants.add(
          new TokenStore.Insertion(
              Rows.fetched(ChainKey.of("spotify", "user-" + i), Rows.NOW), List.of()));
    }
    return grants;
  }

  @Test
  void grantsThatAreDueTogether_shareTheRequestsOfTheirHints() {
    TokenStore memory = MemoryTokenStore.create();
    grants(0, 640).forEach(grant -> memory.insert(grant.row(), List.of()));
    Backup.of(memory).writeTo(file());
    faults.seen();
    Restore.into(store).from(file());
    // The chains 100 at a time, and the hints of each shard together; alone if there is only one.
    assertThat(faults.seen()).hasSizeLessThanOrEqualTo(7 + 64 + 2);
    assertThat(store.due().planned()).isEqualTo(640);
  }

  // Fault 41.
  @Test
  void anImportThatBreaksOffAtAnyBatch_isFinishedByTheSameCall_andNothingIsDoubled() {
    TokenStore memory = threePartitions();
    Backup.of(memory).writeTo(file());
    for (int batch = 0; batch < 8; batch++) {
      AzureTokenStore target = target();
      breakBatchesFrom(batch);
      assertThatThrownBy(() -> Restore.into(target).from(file()))
          .isInstanceOf(StoreException.class);
      faults.clear();
      Map<ChainKey, ChainRow> before = chains(target);
      BackupReport report = Restore.into(target).from(file());
      assertThat(report.chains()).isEqualTo(351);
      assertThat(report.present()).isEqualTo(before.size());
      Map<ChainKey, ChainRow> after = chains(target);
      assertThat(after).hasSize(351).containsAllEntriesOf(before);
      assertThat(target.listing().byHolder("p1", "h3", Optional.empty(), 100).items()).hasSize(28);
      faults.seen();
    }
  }

  private AzureTokenStore target() {
    return Stores.ready(Stores.builder(azurite()).addPolicy(faults));
  }

  private void breakBatchesFrom(int batch) {
    faults.next(batch, FaultPolicy::isBatch, (request, forward) -> forward.get());
    faults.always(FaultPolicy::isBatch, FaultPolicy.dropRequest());
  }

  @Test
  void anAnswerThatIsLost_doublesNothing() {
    Backup.of(threePartitions()).writeTo(file());
    faults.next(2, FaultPolicy::isBatch, FaultPolicy.dropResponse());
    assertThat(Restore.into(store).from(file()).chains()).isEqualTo(351);
    faults.clear();
    assertThat(chains(store)).hasSize(352);
  }

  @Test
  void runningAgain_costsAboutTwoRequestsFor100Rows() {
    Backup.of(threePartitions()).writeTo(file());
    Restore.into(store).from(file());
    faults.seen();
    assertThat(Restore.into(store).from(file()).present()).isEqualTo(351);
    assertThat(requests("Chains()")).hasSize(8);
  }

  @Test
  void aMarkerOfASpreadPartition_isKnownInEverySlice() {
    AzureTokenStore spread = Stores.ready(Stores.builder(azurite()).spread("wide", 4));
    Companion marker = new Companion.HeldBefore("ann");
    spread.contents().orElseThrow().addMissing(List.of(new StoreItem.Beside("wide", marker)));
    for (int i = 0; i < 20; i++) {
      assertThat(
              spread.insert(
                  Rows.minted(ChainKey.of("wide", "c" + i)),
                  List.of(CompanionChange.insert(marker))))
          .isInstanceOf(WriteResult.CompanionExists.class);
    }
  }

  @Test
  void aChainOfAnOlderApplication_isTakenAlong_andARowOfNobody_isNamed() {
    TableClient chains = raw("Chains");
    chains.createEntity(
        new TableEntity("session-7", "old-1")
            .addProperty("type", "ENTRY")
            .addProperty("lastHolder", "ann")
            .addProperty("seq", 3));
    TokenStore memory = MemoryTokenStore.create();
    Backup.of(store).writeTo(file());
    Restore.into(memory).from(file());
    ChainRow row = memory.find(ChainKey.of("session-7", "old-1")).orElseThrow().row();
    assertThat(row.seq()).isEqualTo(3);
    assertThat(memory.listing().byHolder("session-7", "ann", Optional.empty(), 5).items())
        .hasSize(1);
    assertThat(chains.getEntity("session-7", "old-1")).isNotNull();

    chains.createEntity(new TableEntity("session-7", "no key of ours"));
    StoreException failure =
        failing(
            StoreException.Kind.UNREADABLE,
            () -> Backup.of(store).writeTo(directory.resolve("other.jsonl")));
    assertThat(failure).hasMessageContainingAll("Chains", "no key of ours", "session-7");
  }

  @Test
  void aVeryLongPartitionName_survives() {
    String name = FullRows.ODD.repeat(20);
    ChainRow row = Rows.minted(ChainKey.of(name, name), "ann");
    Companion marker = new Companion.HeldBefore("ann");
    store.insert(row, List.of(CompanionChange.insert(marker)));
    Backup.of(store).writeTo(file());
    TokenStore memory = MemoryTokenStore.create();
    Restore.into(memory).from(file());
    assertThat(memory.find(row.key())).isPresent();
    assertThat(
            memory.insert(
                Rows.minted(ChainKey.of(name, "b")), List.of(CompanionChange.insert(marker))))
        .isInstanceOf(WriteResult.CompanionExists.class);
  }

  @Test
  void plainTables_moveWithTheirTypes() {
    String table = Stores.prefix() + "Sessions";
    TableClient sessions = azurite().sdk().createTable(table);
    Map<String, Object> columns =
        Map.of(
            "s",
            "日本 'quoted'",
            "l",
            Long.MAX_VALUE,
            "i",
            6,
            "b",
            true,
            "g",
            UUID.fromString("00000000-0000-0000-0000-00000000002a"),
            "t",
            OffsetDateTime.parse("2030-01-01T00:00:00Z"),
            "d",
            1.5);
    for (int i = 0; i < 120; i++) {
      TableEntity row = new TableEntity("it's one", "row " + i).addProperty("x", new byte[] {1, 2});
      columns.forEach(row::addProperty);
      sessions.createEntity(row);
    }
    PlainTables plain = store.plainTables();
    assertThat(Backup.of(store).tables(plain, List.of(table)).writeTo(file()).rows())
        .isEqualTo(120);
    sessions.deleteTable();
    assertThat(plain.names()).doesNotContain(table);
    Restore restore = Restore.into(store).tables(plain);
    assertThat(restore.from(file()).present()).isEqualTo(1);
    assertThat(plain.names()).contains(table);
    Map<String, Object> read =
        new HashMap<>(raw(table, "").getEntity("it's one", "row 7").getProperties());
    assertThat(read).containsAllEntriesOf(columns);
    assertThat((byte[]) read.get("x")).containsExactly(1, 2);
    assertThat(restore.from(file()).present()).isEqualTo(121);
    assertThat(plain.read(table, Optional.of("it's one"), Optional.empty(), 1_000).items())
        .hasSize(120);
    assertThat(plain.read(table, Optional.empty(), Optional.empty(), 1).items().get(0).columns())
        .containsOnlyKeys("s", "l", "i", "b", "g", "t", "d", "x");
    assertThat(plain.read(table, Optional.of("other"), Optional.empty(), 1_000).items()).isEmpty();
  }

  @Test
  void aTableThatIsNotThere_isNamed() {
    StoreException failure =
        failing(
            StoreException.Kind.MISCONFIGURED,
            () -> store.plainTables().read("NoSuchTable", Optional.empty(), Optional.empty(), 5));
    assertThat(failure).hasMessageContaining("NoSuchTable");
  }

  private TableClient raw(String table) {
    return raw(table, store.health().detail().replaceAll("table (.*)Chains answers", "$1"));
  }

  private TableClient raw(String table, String prefix) {
    return azurite().sdk().getTableClient(prefix + table);
  }

  private static Map<ChainKey, ChainRow> chains(TokenStore store) {
    Map<ChainKey, ChainRow> chains = new HashMap<>();
    Optional<String> at = Optional.empty();
    do {
      Page<StoreItem> page = store.contents().orElseThrow().read(at, 1_000);
      for (StoreItem item : page.items()) {
        if (item instanceof StoreItem.Chain chain) {
          assertThat(chains.put(chain.row().key(), chain.row())).isNull();
        }
      }
      at = page.next();
    } while (at.isPresent());
    return chains;
  }
}
