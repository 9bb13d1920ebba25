package dev.tokenlife.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.Lease;
import dev.tokenlife.spi.LeaseTable;
import dev.tokenlife.testing.FullRows;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.testing.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore keeps, what it makes anew, and what it leaves alone. */
final class RestoreTest {
  @TempDir Path directory = Path.of("");
  private final ReferenceStore source = ReferenceStore.local();
  private final ReferenceStore target = ReferenceStore.local();

  private Path file() {
    return directory.resolve("backup.jsonl");
  }

  private static void insert(ReferenceStore store, ChainRow row, Companion... companions) {
    store.insert(row, List.of(companions).stream().map(CompanionChange::insert).toList());
  }

  private static ChainRow row(ReferenceStore store, ChainKey key) {
    return store.find(key).orElseThrow().row();
  }

  @Test
  void nonceAndChallengesOfAMintedChain_areInNoBackup_andDrawnAnew() throws IOException {
    ChainKey key = ChainKey.of("session", "a");
    ChainRow minted = Rows.minted(key);
    insert(source, minted.draft().challenges(FullRows.full(key).challenges()).row());
    Backup.of(source).writeTo(file());
    assertThat(Files.readString(file()))
        .doesNotContain(minted.origin().nonce())
        .doesNotContain("nonce_-0");
    Restore.into(target).from(file());
    ChainRow restored = row(target, key);
    assertThat(restored.origin().nonce()).isNotEqualTo(minted.origin().nonce()).hasSize(22);
    assertThat(restored.challenges()).isEmpty();
    ReferenceStore another = ReferenceStore.local();
    Restore.into(another).from(file());
    assertThat(row(another, key).origin().nonce()).isNotEqualTo(restored.origin().nonce());
  }

  @Test
  void everyRestoredRow_isAWriteOfItsOwn_andNothingElseChanges() {
    ChainRow full = FullRows.full(ChainKey.of(FullRows.ODD, FullRows.ODD));
    insert(source, full);
    Backup.of(source).writeTo(file());
    Restore.into(target).from(file());
    ChainRow restored = row(target, full.key());
    assertThat(restored.control().op()).isNotEqualTo(full.control().op());
    assertThat(restored.control().revision()).isEqualTo(full.control().revision() + 1);
    assertThat(restored)
        .usingRecursiveComparison()
        .ignoringFields("control.op", "control.revision")
        .isEqualTo(full);
  }

  @Test
  void theHolderIndex_followsFromTheChains_whateverWasInIt() {
    ChainRow held = Rows.minted(ChainKey.of("session", "held"), "ann");
    ChainRow over = Rows.closed(Rows.minted(ChainKey.of("session", "over"), "ann"));
    insert(source, held, Companion.holderIndex("somebody else", held.key()));
    insert(source, over, Companion.holderIndex("ann", over.key()));
    Effect effect = new Effect(over.key(), 2, "ENTRY", "ann", "ben", Rows.NOW, false);
    insert(
        source,
        Rows.minted(ChainKey.of("session", "other"), "ben"),
        new Companion.HeldBefore("ben"),
        new Companion.EffectRow(effect));
    Backup.of(source).writeTo(file());
    assertThat(Restore.into(target).from(file())).isEqualTo(new BackupReport(3, 2, 0, 0));
    assertThat(target.companions("session"))
        .containsExactlyInAnyOrder(
            Companion.holderIndex("ann", held.key()),
            Companion.holderIndex("ben", ChainKey.of("session", "other")),
            new Companion.HeldBefore("ben"),
            new Companion.EffectRow(effect));
  }

  @Test
  void shardsAreFree_underHigherEpochsThanEverBefore_andMembersAreForgotten() {
    LeaseTable from = source.leases().orElseThrow();
    from.put(new Lease("s:001", "a", 7, "", ""));
    from.put(new Lease("s:003", "a", 4, "", ""));
    from.put(new Lease("m:a", "host", 100, "", ""));
    Backup.of(source).writeTo(file());
    LeaseTable to = target.leases().orElseThrow();
    to.put(new Lease("s:001", "b", 9, "", ""));
    to.put(new Lease("s:002", "b", 3, "c", ""));
    to.put(new Lease("m:b", "host", 5, "", ""));
    Restore.into(target).from(file());
    assertThat(to.all())
        .extracting(lease -> lease.name() + lease.owner() + " " + lease.counter() + lease.next())
        .containsExactlyInAnyOrder("s:001 10", "s:002 4", "s:003 5");
  }

  @Test
  void restoringAgain_changesNoChain_andSaysSo() {
    for (int i = 0; i < 30; i++) {
      insert(source, Rows.fetched(ChainKey.of("bank", "user-" + i)));
    }
    Backup.of(source).writeTo(file());
    Restore.into(target).from(file());
    List<ChainRow> first = target.rows();
    assertThat(Restore.into(target).from(file())).isEqualTo(new BackupReport(30, 0, 0, 30));
    assertThat(target.rows()).isEqualTo(first);
  }

  @Test
  void rowsOfTheApplication_comeBackWithTheirTypes_andAreNotOverwritten() {
    MemoryPlainTables plain = new MemoryPlainTables();
    plain.create("Sessions");
    Map<String, Object> columns =
        Map.of(
            "text", FullRows.ODD,
            "int32", Integer.MIN_VALUE,
            "int64", Long.MAX_VALUE,
            "double", Double.NaN,
            "flag", true,
            "time", OffsetDateTime.parse("2030-01-01T00:00:00.1234567+02:00"),
            "guid", UUID.fromString("00000000-0000-0000-0000-00000000002a"));
    plain.addMissing("Sessions", List.of(new PlainRow("SESSION", FullRows.ODD, columns)));
    plain.addMissing(
        "Sessions", List.of(new PlainRow("SESSION", "b", Map.of("bytes", new byte[] {0, -1}))));
    plain.addMissing("Sessions", List.of(new PlainRow("SESSION", "c", Map.of())));
    Backup.of(source).tables(plain, List.of("Sessions")).writeTo(file());

    assertThatThrownBy(() -> Restore.into(target).from(file()))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("say with tables(...)");
    MemoryPlainTables to = new MemoryPlainTables();
    to.create("Sessions");
    to.addMissing("Sessions", List.of(new PlainRow("SESSION", "c", Map.of("newer", 1))));
    assertThat(Restore.into(target).tables(to).from(file()))
        .isEqualTo(new BackupReport(0, 0, 3, 1));
    assertThat(to.row("Sessions", "SESSION/" + FullRows.ODD))
        .isEqualTo(new PlainRow("SESSION", FullRows.ODD, columns));
    PlainRow bytes = to.row("Sessions", "SESSION/b");
    assertThat((byte[]) bytes.columns().get("bytes")).containsExactly(0, -1);
    assertThat(to.row("Sessions", "SESSION/c").columns()).containsKey("newer");
    assertThat(bytes.toString()).contains("SESSION/b", "bytes").doesNotContain("-1");
  }

  @Test
  void aColumnOfAnUnknownType_isRefused_namingIt() {
    MemoryPlainTables plain = new MemoryPlainTables();
    plain.create("Sessions");
    plain.addMissing("Sessions", List.of(new PlainRow("p", "r", Map.of("odd", List.of()))));
    assertThatThrownBy(() -> Backup.of(source).tables(plain, List.of("Sessions")).writeTo(file()))
        .isInstanceOf(BackupException.class)
        .hasMessageContainingAll("column odd", "p/r");
  }
}
