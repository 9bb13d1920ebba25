package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.Effect;
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
    assertThat(partitions()).isEmpty();
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
  void aPartitionInUse_isNotForgotten() {
    StoredChain there = inserted(Rows.minted(chain("a")));
    assertThat(store.delete(there.row().key(), there.version())).isTrue();
    AzureTokenStore today = Stores.builder(azurite()).tablePrefix(prefix).build();
    today.cleanUp(Optional.empty(), LONG);
    assertThat(partitions()).containsExactly("partition-1");
    cleaned();
    assertThat(partitions()).isEmpty();
  }

  private List<String> partitions() {
    return store.inventory().orElseThrow().partitions(Optional.empty(), 10).items();
  }

  private CleanUpReport cleaned() {
    CleanUpReport report = store.cleanUp(Optional.empty(), LONG);
    assertThat(report.next()).isEmpty();
    return report;
  }

  private List<String> rowKeys() {
    return azurite().sdk().getTableClient(prefix + "Chains").listEntities().stream()
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
