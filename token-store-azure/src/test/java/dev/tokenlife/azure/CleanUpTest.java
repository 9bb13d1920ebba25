package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.testing.Rows;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Chains that are over go after the retention; nothing that lives, or waits to be read, does. */
final class CleanUpTest extends FaultCase {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final long LATER = Duration.ofDays(30).toMillis();

  private final VirtualTime time = new VirtualTime(Instant.ofEpochMilli(Rows.NOW));
  private String prefix = "";

  @BeforeEach
  void openCleaner() {
    prefix = Stores.prefix();
    store =
        Stores.builder(azurite())
            .tablePrefix(prefix)
            .time(time)
            .retention(Duration.ofDays(7))
            .addPolicy(faults)
            .build();
    rival = Stores.builder(azurite()).tablePrefix(prefix).build();
    store.initialize();
  }

  @Test
  void aClosedChain_staysForTheRetention_andGoesThen_withItsPlaceInTheIndex() {
    ChainRow row = Rows.minted(chain("a"), "ann");
    Companion index = Companion.holderIndex("ann", row.key());
    String version = version(store.insert(row, List.of(CompanionChange.insert(index))));
    version(store.replace(Rows.closed(row), version, List.of()));
    time.advance(Duration.ofDays(6));
    assertThat(cleaned().removed()).isZero();
    time.advance(Duration.ofDays(2));
    assertThat(cleaned().removed()).isEqualTo(1);
    assertThat(rowKeys()).isEmpty();
  }

  @Test
  void anExpiredChain_goesToo_andOneThatNeverEndsStays() {
    version(store.insert(Rows.minted(chain("forever")), List.of()));
    version(store.insert(ending(chain("absolute"), Rows.NOW + 1_000, null), List.of()));
    version(store.insert(ending(chain("idle"), Long.MAX_VALUE, Duration.ofSeconds(5)), List.of()));
    time.advance(Duration.ofDays(8));
    assertThat(cleaned().removed()).isEqualTo(2);
    assertThat(store.listing().byPartition("partition-1", Optional.empty(), 9).items())
        .extracting(stored -> stored.row().key().id())
        .containsExactly("forever");
  }

  @Test
  void aChainThatComesBackMeanwhile_isKept() {
    StoredChain there = inserted(ending(chain("a"), Long.MAX_VALUE, Duration.ofSeconds(5)));
    time.advance(Duration.ofDays(8));
    faults.next(
        1,
        FaultPolicy::isBatch,
        (request, forward) -> {
          version(rival.replace(Rows.next(there.row()), there.version(), List.of()));
          return forward.get();
        });
    CleanUpReport report = cleaned();
    assertThat(report.removed()).isZero();
    assertThat(report.kept()).isEqualTo(1);
    assertThat(rival.find(there.row().key())).isPresent();
  }

  @Test
  void anEffectNobodyAcknowledged_outlivesItsChain_andMarkersGoWithTheLastOne() {
    ChainRow row = ending(chain("a"), Rows.NOW + 1_000, null);
    Effect effect = new Effect(row.key(), 1, "ENTRY", null, "ann", Rows.NOW, false);
    version(
        store.insert(
            row,
            List.of(
                CompanionChange.insert(new Companion.HeldBefore("ann")),
                CompanionChange.insert(new Companion.EffectRow(effect)))));
    time.advance(Duration.ofDays(8));
    assertThat(cleaned().removed()).isEqualTo(1);
    assertThat(rowKeys()).containsExactly("e:a:1", "w:ann");
    store.effects().acknowledge(effect);
    cleaned();
    assertThat(rowKeys()).isEmpty();
    assertThat(store.partitions(Optional.empty(), 10).items()).isEmpty();
  }

  @Test
  void manyChains_goInBatchesOfFifty() {
    for (int i = 0; i < 120; i++) {
      ChainRow row = ending(chain("chain-" + i), Rows.NOW + 1_000, null);
      CompanionChange index =
          CompanionChange.insert(Companion.holderIndex(Rows.holder(row), row.key()));
      version(store.insert(row, i % 10 == 0 ? List.of() : List.of(index)));
    }
    time.advance(Duration.ofDays(8));
    CleanUpReport report = cleaned();
    assertThat(report.removed()).isEqualTo(120);
    assertThat(report.kept()).isZero();
    assertThat(rowKeys()).isEmpty();
  }

  @Test
  void aCleanUpOutOfTime_saysWhereToGoOn_andFinishesLater() {
    for (int i = 0; i < 60; i++) {
      version(
          store.insert(
              ending(ChainKey.of("session-" + i, "only"), Rows.NOW + 1_000, null), List.of()));
    }
    time.advance(Duration.ofDays(8));
    CleanUpReport report = store.cleanUp(Optional.empty(), Duration.ZERO);
    long removed = report.removed();
    assertThat(removed).isPositive().isLessThan(60);
    for (int rounds = 0; rounds < 60 && report.next().isPresent(); rounds++) {
      report = store.cleanUp(report.next(), Duration.ZERO);
      removed += report.removed();
    }
    assertThat(removed).isEqualTo(60);
  }

  @Test
  void aNoteThatSomebodyMayRelyOn_isNotForgotten() {
    version(store.insert(ending(chain("a"), 1_000, null), List.of()));
    // By the right clock the note was written a moment ago, and its writer trusts it for an hour.
    AzureTokenStore today = Stores.builder(azurite()).tablePrefix(prefix).build();
    assertThat(today.cleanUp(Optional.empty(), LONG).removed()).isEqualTo(1);
    assertThat(store.partitions(Optional.empty(), 10).items()).containsExactly("partition-1");
    version(store.insert(ending(chain("b"), 1_000, null), List.of()));
    assertThat(today.cleanUp(Optional.empty(), LONG).removed()).as("found again").isEqualTo(1);
    cleaned();
    assertThat(store.partitions(Optional.empty(), 10).items()).isEmpty();
  }

  @Test
  void cleanUp_looksOnlyWhereSomethingEnded() {
    for (int i = 0; i < 30; i++) {
      version(store.insert(Rows.minted(ChainKey.of("lives-" + i, "a")), List.of()));
      version(
          store.insert(
              ending(ChainKey.of("ends-later-" + i, "a"), Rows.NOW + LATER, null), List.of()));
    }
    ChainRow over = ending(ChainKey.of("over", "a"), Rows.NOW + 1_000, null);
    CompanionChange index =
        CompanionChange.insert(Companion.holderIndex(Rows.holder(over), over.key()));
    version(store.insert(over, List.of(index)));
    time.advance(Duration.ofDays(9));
    faults.seen();
    RequestCounts before = store.requests();
    CleanUpReport report = cleaned();
    assertThat(report.looked()).isEqualTo(1);
    assertThat(report.removed()).isEqualTo(1);
    RequestCounts cost = store.requests().since(before);
    assertThat(cost.batches()).as("the chain").isEqualTo(1);
    assertThat(cost.total()).as("index, partition, and what was left of it").isLessThan(12);
    before = store.requests();
    assertThat(cleaned().looked()).isZero();
    assertThat(store.requests().since(before).total()).as("nothing is over").isEqualTo(1);
  }

  @Test
  void manyChainsOfAPartition_costOneNoteADay() {
    version(store.insert(ending(chain("a"), Rows.NOW + 1_000, null), List.of()));
    faults.seen();
    for (int i = 0; i < 5; i++) {
      version(store.insert(ending(chain("b" + i), Rows.NOW + 2_000 + i, null), List.of()));
    }
    assertThat(faults.seen()).hasSize(5);
    version(store.insert(ending(chain("c"), Rows.NOW + LATER, null), List.of()));
    assertThat(faults.seen()).hasSize(2);
  }

  @Test
  void aChainThatWasClosedEarly_staysAsLongAsATokenOfItMayLive() {
    ChainRow row = ending(chain("a"), Rows.NOW + LATER, null);
    String version = version(store.insert(row, List.of()));
    version(store.replace(Rows.closed(row), version, List.of()));
    time.advance(Duration.ofDays(20));
    assertThat(cleaned().removed()).isZero();
    time.advance(Duration.ofDays(20));
    assertThat(cleaned().removed()).isEqualTo(1);
  }

  @Test
  void aDeletedChain_leavesNothingBehind_notEvenItsPartition() {
    StoredChain there = inserted(Rows.minted(chain("a")));
    assertThat(store.delete(there.row().key(), there.version())).isTrue();
    assertThat(store.partitions(Optional.empty(), 9).items()).containsExactly("partition-1");
    time.advance(Duration.ofDays(9));
    cleaned();
    assertThat(store.partitions(Optional.empty(), 9).items()).isEmpty();
    assertThat(rows("DueIndex")).isEmpty();
  }

  @Test
  void aPartitionInSlices_isCleanedSliceBySlice() {
    AzureTokenStore spread =
        Stores.builder(azurite()).tablePrefix(prefix).time(time).spread("grants", 4).build();
    spread.initialize();
    for (int i = 0; i < 40; i++) {
      long end = Rows.NOW + (i % 2 == 0 ? 1_000 : LATER);
      version(spread.insert(ending(ChainKey.of("grants", "g" + i), end, null), List.of()));
    }
    time.advance(Duration.ofDays(9));
    CleanUpReport report = spread.cleanUp(Optional.empty(), LONG);
    assertThat(report.removed()).isEqualTo(20);
    assertThat(report.looked()).isEqualTo(4);
    assertThat(spread.partitions(Optional.empty(), 9).items()).containsExactly("grants");
    time.advance(Duration.ofDays(40));
    assertThat(spread.cleanUp(Optional.empty(), LONG).removed()).isEqualTo(20);
    assertThat(spread.partitions(Optional.empty(), 9).items()).isEmpty();
    assertThat(rowKeys()).isEmpty();
  }

  @Test
  void aLostAnswer_costsNothingButTime() {
    for (int i = 0; i < 4; i++) {
      version(store.insert(ending(chain("a" + i), Rows.NOW + 1_000, null), List.of()));
    }
    long endedBefore = Rows.NOW + 2_000;
    faults.next(1, FaultPolicy::isBatch, FaultPolicy.dropResponse());
    CleanUpReport report = new CleanUp(partsOf(faults)).run(endedBefore, Optional.empty(), LONG);
    assertThat(report.removed()).isEqualTo(4);
    assertThat(report.kept()).isZero();
    assertThat(rowKeys()).isEmpty();
  }

  @Test
  void whenTheServiceRefuses_cleanUpSaysSo_andIsDoneAgain() {
    version(store.insert(ending(chain("a"), Rows.NOW + 1_000, null), List.of()));
    time.advance(Duration.ofDays(9));
    faults.next(1, FaultPolicy::isBatch, FaultPolicy.error(403, "AuthorizationFailure"));
    failing(StoreException.Kind.UNAUTHORIZED, this::cleaned);
    assertThat(cleaned().removed()).isEqualTo(1);
  }

  @Test
  void theViewForPeople_losesWhatIsOver() {
    AzureTokenStore viewed =
        Stores.builder(azurite()).tablePrefix(prefix).time(time).tokensView(true).build();
    viewed.initialize();
    version(viewed.insert(ending(chain("a"), Rows.NOW + 1_000, null), List.of()));
    version(viewed.insert(ending(chain("a.1"), Rows.NOW + LATER, null), List.of()));
    StoredChain deleted = new StoredChain(Rows.minted(chain("b")), "");
    String version = version(viewed.insert(deleted.row(), List.of()));
    assertThat(rows("Tokens")).hasSize(3);
    assertThat(viewed.delete(deleted.row().key(), version)).isTrue();
    time.advance(Duration.ofDays(9));
    assertThat(viewed.cleanUp(Optional.empty(), LONG).removed()).isEqualTo(1);
    assertThat(rows("Tokens")).containsExactly("a.1.1");
    viewed.wipe("partition-1");
    assertThat(rows("Tokens")).isEmpty();
  }

  private CleanUpReport cleaned() {
    CleanUpReport report = store.cleanUp(Optional.empty(), LONG);
    assertThat(report.next()).isEmpty();
    return report;
  }

  private Parts partsOf(FaultPolicy policy) {
    AzureTokenStoreBuilder settings =
        Stores.builder(azurite()).tablePrefix(prefix).addPolicy(policy);
    return new Parts(settings, Clients.build(settings));
  }

  private List<String> rowKeys() {
    return rows("Chains");
  }

  private List<String> rows(String table) {
    return azurite().sdk().getTableClient(prefix + table).listEntities().stream()
        .map(TableEntity::getRowKey)
        .toList();
  }

  private static ChainRow ending(
      ChainKey key, long absolute, @org.jspecify.annotations.Nullable Duration idle) {
    ChainRow row = Rows.minted(key);
    ChainOrigin was = row.origin();
    return row.draft()
        .origin(
            new ChainOrigin(
                was.kind(),
                was.type(),
                was.policyId(),
                null,
                was.createdAt(),
                was.openRequestId(),
                absolute,
                idle,
                was.nonce()))
        .row();
  }
}
