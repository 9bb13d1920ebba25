package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.DueListing;
import dev.tokenlife.spi.Lease;
import dev.tokenlife.spi.LeaseTable;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.Shards;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenStore.Insertion;
import dev.tokenlife.testing.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every operation costs, counted on the wire. A request is what the bill counts. */
final class RequestCountTest extends FaultCase {
  @Test
  void reading_isOnePointRead() {
    StoredChain there = inserted(Rows.minted(chain("a")));
    assertThat(requestsOf(() -> store.find(there.row().key())))
        .singleElement()
        .asString()
        .startsWith("GET");
  }

  @Test
  void opening_isOneWrite_afterThePartitionsFirst() {
    assertThat(requestsOf(() -> inserted(Rows.minted(chain("a"))))).hasSize(1);
    ChainRow elsewhere = Rows.minted(ChainKey.of("partition-2", "a"));
    assertThat(requestsOf(() -> inserted(elsewhere))).hasSize(2);
  }

  @Test
  void rotating_isOneConditionalWrite() {
    StoredChain there = inserted(Rows.minted(chain("a")));
    assertThat(requestsOf(() -> store.replace(Rows.next(there.row()), there.version(), List.of())))
        .singleElement()
        .asString()
        .startsWith("PUT");
  }

  @Test
  void handingOver_isOneTransaction() {
    ChainRow row = Rows.minted(chain("a"), "ann");
    Companion index = Companion.holderIndex("ann", row.key());
    String version = version(store.insert(row, List.of(CompanionChange.insert(index))));
    List<CompanionChange> changes =
        List.of(
            CompanionChange.delete(index),
            CompanionChange.insert(Companion.holderIndex("ben", row.key())),
            CompanionChange.insert(new Companion.HeldBefore("ben")));
    ChainRow next = Rows.handedOver(row, "ben");
    assertThat(requestsOf(() -> version(store.replace(next, version, changes))))
        .singleElement()
        .asString()
        .endsWith("/$batch");
  }

  @Test
  void refreshing_isOneWriteAndItsHint_andTheOldHintsGoTogether() {
    List<StoredChain> chains = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      chains.add(inserted(Rows.fetched(inShard(7, i), Rows.NOW)));
    }
    List<String> refreshing =
        requestsOf(
            () -> {
              for (StoredChain there : chains) {
                ChainRow next = Rows.refreshed(there.row(), Rows.NOW + 7_200_000);
                version(store.replace(next, there.version(), List.of()));
              }
            });
    assertThat(refreshing).hasSize(10);
    List<String> listing =
        requestsOf(() -> store.due().dueBefore(7, Rows.NOW, Optional.empty(), 100));
    assertThat(listing).hasSize(2);
    assertThat(listing.get(0)).endsWith("/$batch");
    assertThat(listing.get(1)).contains("DueIndex");
  }

  @Test
  void aWriteThatKeepsThePlan_writesNoHint() {
    StoredChain there = inserted(Rows.fetched(chain("a")));
    assertThat(requestsOf(() -> store.replace(Rows.next(there.row()), there.version(), List.of())))
        .hasSize(1);
  }

  @Test
  void openingMany_isOneTransactionForFifty() {
    List<Insertion> insertions =
        IntStream.range(0, 100)
            .mapToObj(i -> Rows.minted(chain("many-" + i), "holder-" + i))
            .map(
                row ->
                    new Insertion(
                        row,
                        List.of(
                            CompanionChange.insert(
                                Companion.holderIndex(Rows.holder(row), row.key())))))
            .toList();
    assertThat(requestsOf(() -> store.insertAll(insertions)))
        .hasSize(2)
        .allMatch(request -> request.endsWith("/$batch"));
  }

  @Test
  void findingWhatIsDueInAShard_isOnePageForAThousand_andReadsNoChain() {
    List<Insertion> insertions = new ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      insertions.add(new Insertion(Rows.fetched(inShard(3, i), Rows.NOW + i), List.of()));
    }
    store.insertAll(insertions);
    DueListing due = store.due();
    List<DueListing.DueChain> found = new ArrayList<>();
    List<String> requests =
        requestsOf(
            () -> {
              Page<DueListing.DueChain> page =
                  due.dueBefore(3, Rows.NOW + 10_000, Optional.empty(), 1_000);
              found.addAll(page.items());
              found.addAll(due.dueBefore(3, Rows.NOW + 10_000, page.next(), 1_000).items());
            });
    assertThat(found).hasSize(1_100);
    assertThat(requests).hasSize(2).allMatch(request -> request.contains("DueIndex"));
  }

  @Test
  void aHeartbeat_isOneWriteAndOnePage_howeverManyChainsThereAre() {
    LeaseTable leases = store.leases().orElseThrow();
    Lease mine = leases.put(new Lease("m:one", "host", 1, "", "")).orElseThrow();
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      leases.put(new Lease("s:" + shard, "one", 1, "", ""));
    }
    List<String> requests =
        requestsOf(
            () -> {
              leases.put(new Lease(mine.name(), mine.owner(), 2, "", mine.version()));
              assertThat(leases.all()).hasSize(Shards.COUNT + 1);
            });
    assertThat(requests).hasSize(2);
  }

  @Test
  void wiping_isAPageForAThousandAndATransactionForAHundred() {
    List<Insertion> insertions =
        IntStream.range(0, 1_049)
            .mapToObj(i -> new Insertion(Rows.minted(chain("many-" + i)), List.of()))
            .toList();
    store.insertAll(insertions);
    RequestCounts before = store.requests();
    assertThat(store.wipe("partition-1")).isEqualTo(1_050);
    RequestCounts cost = store.requests().since(before);
    assertThat(cost.queries()).isEqualTo(2);
    assertThat(cost.batches()).isEqualTo(11);
    assertThat(cost.total()).isEqualTo(13);
    assertThat(store.listing().byPartition("partition-1", Optional.empty(), 5).items()).isEmpty();
  }

  @Test
  void theStoresOwnCount_isWhatWasSent() {
    RequestCounts before = store.requests();
    List<String> requests =
        requestsOf(
            () -> {
              StoredChain there = inserted(Rows.fetched(chain("a")));
              store.replace(Rows.next(there.row()), there.version(), List.of());
              store.delete(there.row().key(), there.version());
              store.listing().byPartition("partition-1", Optional.empty(), 10);
              store.due().dueBefore(Rows.NOW, Optional.empty(), 10);
            });
    assertThat(store.requests().since(before).total()).isEqualTo(requests.size());
    assertThat(store.requests().failures()).isZero();
  }

  @Test
  void theGuardOfTheseTests_knowsAScanWhenItSeesOne() {
    String table = "http://127.0.0.1/account/Chains()";
    assertThat(PartitionKeyGuard.isBounded(table)).isFalse();
    assertThat(PartitionKeyGuard.isBounded(table + "?$filter=RowKey%20ge%20'a'")).isFalse();
    assertThat(PartitionKeyGuard.isBounded(table + "?$filter=PartitionKey%20ge%20'a'")).isFalse();
    assertThat(
            PartitionKeyGuard.isBounded(
                table + "?$top=5&$filter=PartitionKey%20eq%20'a'%20or%20RowKey%20eq%20'b'"))
        .isFalse();
    assertThat(PartitionKeyGuard.isBounded(table + "?$top=5&$filter=PartitionKey%20eq%20'a'"))
        .isTrue();
  }

  private List<String> requestsOf(Runnable action) {
    faults.seen();
    action.run();
    return faults.seen();
  }

  private static ChainKey inShard(int shard, int n) {
    return IntStream.range(0, Integer.MAX_VALUE)
        .mapToObj(i -> chain("in-" + n + "-" + i))
        .filter(key -> Shards.of(key) == shard)
        .findFirst()
        .orElseThrow();
  }
}
