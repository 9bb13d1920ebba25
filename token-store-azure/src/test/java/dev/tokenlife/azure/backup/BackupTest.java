package dev.tokenlife.azure.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.azure.AzureTokenStore;
import dev.tokenlife.azure.emulator.AzuriteExtension;
import dev.tokenlife.azure.emulator.WithAzurite;
import dev.tokenlife.memory.MemoryTokenStore;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.Lease;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.FullRows;
import dev.tokenlife.testing.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store holds can be moved to any other, and back; half a move can be continued. */
@WithAzurite
final class BackupTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @TempDir Path directory = Path.of("");

  private Path file() {
    return directory.resolve("backup.ndjson");
  }

  private static AzureTokenStore azure() {
    AzureTokenStore store =
        AzureTokenStore.builder()
            .connectionString(AzuriteExtension.shared().connectionString())
            .tablePrefix("b" + ProcessHandle.current().pid() + "x" + NUMBER.incrementAndGet())
            .spread("spotify", 4)
            .build();
    store.initialize();
    return store;
  }

  /** Grants, chains with holders, effects and markers, and a chain that is gone but for its effect. */
  private static void fill(TokenStore store) {
    for (int i = 0; i < 30; i++) {
      insert(store, Rows.fetched(ChainKey.of("spotify", "user-" + i), Rows.NOW + i));
    }
    insert(store, FullRows.full(ChainKey.of("bank", FullRows.ODD)));
    for (int i = 0; i < 20; i++) {
      ChainRow row = Rows.minted(ChainKey.of("session-7", "chain-" + i), "holder-" + i);
      insert(
          store,
          row,
          Companion.holderIndex("holder-" + i, row.key()),
          new Companion.HeldBefore("holder-" + i),
          new Companion.EffectRow(effect(row.key(), 1)));
    }
    ChainRow gone = Rows.minted(ChainKey.of("session-7", "gone"));
    String version = insert(store, gone, new Companion.EffectRow(effect(gone.key(), 1)));
    assertThat(store.delete(gone.key(), version)).isTrue();
    insert(store, Rows.closed(Rows.minted(ChainKey.of("session-8", "closed"))));
  }

  private static String insert(TokenStore store, ChainRow row, Companion... companions) {
    var written =
        store.insert(
            row, List.of(companions).stream().map(CompanionChange::insert).toList());
    return ((dev.tokenlife.spi.WriteResult.Written) written).version();
  }

  private static Effect effect(ChainKey key, long seq) {
    return new Effect(key, seq, "ENTRY", null, "to", Rows.NOW, false);
  }

  @Test
  void everythingMoves_fromMemoryToAzure_andBack() {
    TokenStore memory = MemoryTokenStore.create();
    fill(memory);
    AzureTokenStore azure = azure();
    Backup.of(memory).writeTo(file());
    Progress there = Restore.into(azure).from(file());
    assertThat(there).isEqualTo(new Progress(52, 61, 0, 0, true));
    assertSame(memory, azure);

    Path second = directory.resolve("second.ndjson");
    TokenStore again = MemoryTokenStore.create();
    assertThat(Backup.of(azure).writeTo(second).chains()).isEqualTo(52);
    assertThat(Restore.into(again).from(second).complete()).isTrue();
    assertSame(memory, again);
  }

  @Test
  void issuedChains_getNewNonces_andFetchedOnesKeepTheirSealedSecrets() {
    TokenStore memory = MemoryTokenStore.create();
    fill(memory);
    Backup.of(memory).writeTo(file());
    TokenStore target = MemoryTokenStore.create();
    Restore.into(target).from(file());
    ChainKey issued = ChainKey.of("session-7", "chain-1");
    ChainKey grant = ChainKey.of("spotify", "user-1");
    ChainRow before = memory.find(issued).orElseThrow().row();
    ChainRow after = target.find(issued).orElseThrow().row();
    assertThat(after.origin().nonce()).isNotEqualTo(before.origin().nonce()).hasSize(22);
    assertThat(after.control().op()).isNotEqualTo(before.control().op());
    assertThat(after.control().revision()).isGreaterThan(before.control().revision());
    assertThat(target.find(grant).orElseThrow().row().upstream())
        .isEqualTo(memory.find(grant).orElseThrow().row().upstream());
  }

  @Test
  void dueHints_areWrittenAnew() {
    TokenStore memory = MemoryTokenStore.create();
    fill(memory);
    Backup.of(memory).writeTo(file());
    AzureTokenStore azure = azure();
    Restore.into(azure).from(file());
    assertThat(azure.due().planned()).isEqualTo(memory.due().planned());
    assertThat(azure.due().dueBefore(Rows.NOW + 3, Optional.empty(), 10).items())
        .extracting(due -> due.key().id())
        .containsExactly("user-0", "user-1", "user-2");
  }

  @Test
  void leases_areFree_underHigherEpochs_andMembersAreForgotten() {
    TokenStore source = MemoryTokenStore.create();
    var from = source.leases().orElseThrow();
    from.put(new Lease("s:001", "a", 7, "", ""));
    from.put(new Lease("m:a", "host", 100, "", ""));
    Backup.of(source).writeTo(file());
    AzureTokenStore target = azure();
    var to = target.leases().orElseThrow();
    to.put(new Lease("s:001", "b", 9, "", ""));
    to.put(new Lease("s:002", "b", 3, "c", ""));
    to.put(new Lease("m:b", "host", 5, "", ""));
    Restore.into(target).from(file());
    assertThat(to.all())
        .extracting(Lease::name, Lease::owner, Lease::counter, Lease::next)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("s:001", "", 10L, ""),
            org.assertj.core.groups.Tuple.tuple("s:002", "", 4L, ""));
  }

  @Test
  void aRestoreThatIsRunAgain_changesNothing() {
    TokenStore memory = MemoryTokenStore.create();
    fill(memory);
    Backup.of(memory).writeTo(file());
    AzureTokenStore azure = azure();
    Restore.into(azure).from(file());
    Set<StoredChain> before = chains(azure);
    Progress again = Restore.into(azure).from(file());
    assertThat(again.chains()).isZero();
    assertThat(again.present()).isEqualTo(52);
    assertThat(chains(azure)).isEqualTo(before);
    assertSame(memory, azure);
  }

  @Test
  void applicationTables_moveWithTheirTypes() {
    String prefix = "app" + ProcessHandle.current().pid() + "x" + NUMBER.incrementAndGet();
    var sdk = AzuriteExtension.shared().sdk();
    var sessions = sdk.createTable(prefix + "Sessions");
    UUID id = UUID.fromString("00000000-0000-0000-0000-00000000002a");
    OffsetDateTime time = OffsetDateTime.of(2030, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    Map<String, Object> columns =
        Map.of("s", "text é", "l", 5L, "i", 6, "b", true, "g", id, "t", time, "d", 1.5);
    for (int i = 0; i < 120; i++) {
      TableEntity row = new TableEntity("SESSION", "row " + i).addProperty("x", new byte[] {1, 2});
      columns.forEach(row::addProperty);
      sessions.createEntity(row);
    }
    AzureTokenStore azure = azure();
    Progress saved =
        Backup.of(azure)
            .tables(azure.plainTables(), List.of(prefix + "Sessions"))
            .writeTo(file());
    assertThat(saved.rows()).isEqualTo(120);
    sdk.deleteTable(prefix + "Sessions");
    assertThatThrownBy(() -> Restore.into(azure()).from(file()))
        .hasMessageContaining("say where they go");
    Restore.into(azure).tables(azure.plainTables()).from(file());
    Map<String, Object> read =
        sdk.getTableClient(prefix + "Sessions").getEntity("SESSION", "row 7").getProperties();
    assertThat(read).containsAllEntriesOf(columns);
    assertThat((byte[]) read.get("x")).containsExactly(1, 2);
  }

  // Fault 41: the way out.
  @Test
  void aBackupThatBrokeOff_isContinued_andMissesNothing() {
    TokenStore memory = MemoryTokenStore.create();
    for (int i = 0; i < 2_500; i++) {
      insert(memory, Rows.fetched(ChainKey.of("spotify", "user-" + i)));
    }
    AtomicInteger pages = new AtomicInteger();
    assertThatThrownBy(
            () ->
                Backup.of(memory)
                    .progress(
                        progress -> {
                          if (pages.incrementAndGet() == 2) {
                            throw new IllegalStateException("pulled the plug");
                          }
                        })
                    .writeTo(file()))
        .hasMessageContaining("pulled the plug");
    assertThat(Backup.of(memory).writeTo(file()).chains()).isEqualTo(2_500);
    TokenStore target = MemoryTokenStore.create();
    assertThat(Restore.into(target).from(file()).chains()).isEqualTo(2_500);
    assertSame(memory, target);
  }

  // Fault 41: the way in.
  @Test
  void aRestoreThatBrokeOff_isContinued_andMissesNothing() {
    TokenStore memory = MemoryTokenStore.create();
    fill(memory);
    for (int i = 0; i < 1_200; i++) {
      ChainRow row = Rows.minted(ChainKey.of("big", "chain-" + i), "holder-" + i % 100);
      insert(memory, row, Companion.holderIndex("holder-" + i % 100, row.key()));
    }
    Backup.of(memory).writeTo(file());
    for (int at = 1; at <= 5; at++) {
      TokenStore target = MemoryTokenStore.create();
      int broken = at;
      AtomicInteger batches = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  Restore.into(target)
                      .progress(
                          progress -> {
                            if (batches.incrementAndGet() == broken) {
                              throw new IllegalStateException("pulled the plug");
                            }
                          })
                      .from(file()))
          .hasMessageContaining("pulled the plug");
      Progress all = Restore.into(target).from(file());
      assertThat(all.complete()).isTrue();
      assertThat(all.chains() + all.present()).isEqualTo(1_252);
      assertSame(memory, target);
    }
  }

  @Test
  void aFileThatEndsTooEarly_isRestored_andSaidToBeIncomplete() throws IOException {
    TokenStore memory = MemoryTokenStore.create();
    fill(memory);
    Backup.of(memory).writeTo(file());
    List<String> lines = Files.readAllLines(file());
    Files.write(file(), lines.subList(0, lines.size() - 3));
    assertThat(Restore.into(MemoryTokenStore.create()).from(file()).complete()).isFalse();
  }

  @Test
  void whatIsNoBackup_isRefused_withoutShowingIt() throws IOException {
    for (String content :
        List.of(
            "{\"kind\":\"chain\"}",
            "secret words",
            "{\"kind\":\"tokenlife-backup\",\"format\":2}",
            "{\"kind\":\"tokenlife-backup\",\"format\":1}\n{\"kind\":\"secret\"}",
            "{\"kind\":\"tokenlife-backup\",\"format\":1}\n{\"kind\":\"tokenlife-backup\"}",
            "{\"kind\":\"tokenlife-backup\",\"format\":1}\n{\"kind\":\"chain\",\"row\":7}",
            "{\"kind\":\"tokenlife-backup\",\"format\":1}\n{\"kind\":\"companion\"}")) {
      Files.writeString(file(), content);
      assertThatThrownBy(() -> Restore.into(MemoryTokenStore.create()).from(file()))
          .isInstanceOf(BackupException.class)
          .hasMessageNotContaining("secret words");
    }
  }

  /** The same chains but for what is drawn anew, and the same companions. */
  private static void assertSame(TokenStore one, TokenStore other) {
    assertThat(comparable(other)).isEqualTo(comparable(one));
    for (String partition : List.of("session-7", "bank", "big")) {
      assertThat(companions(other, partition)).isEqualTo(companions(one, partition));
    }
  }

  private static Set<Object> comparable(TokenStore store) {
    Set<Object> rows = new HashSet<>();
    for (StoredChain chain : chains(store)) {
      ChainRow row = chain.row();
      ChainOrigin was = row.origin();
      rows.add(
          List.of(
              row.key(),
              was.type(),
              was.createdAt(),
              was.openRequestId(),
              row.position(),
              row.state(),
              row.challenges(),
              row.budgets(),
              Optional.ofNullable(row.current()),
              Optional.ofNullable(row.upstream()),
              Optional.ofNullable(row.claim()),
              Optional.ofNullable(row.failure())));
    }
    return rows;
  }

  private static Set<StoredChain> chains(TokenStore store) {
    Set<StoredChain> all = new HashSet<>();
    for (String partition :
        store.inventory().orElseThrow().partitions(Optional.empty(), 100).items()) {
      Optional<String> at = Optional.empty();
      do {
        Page<StoredChain> page = store.listing().byPartition(partition, at, 500);
        all.addAll(page.items());
        at = page.next();
      } while (at.isPresent());
    }
    return all;
  }

  private static Set<Companion> companions(TokenStore store, String partition) {
    List<Companion> all = new ArrayList<>();
    Optional<String> at = Optional.empty();
    do {
      Page<Companion> page =
          store.inventory().orElseThrow().companions(partition, at, 7);
      all.addAll(page.items());
      at = page.next();
    } while (at.isPresent());
    assertThat(all).doesNotHaveDuplicates();
    return new HashSet<>(all);
  }
}
