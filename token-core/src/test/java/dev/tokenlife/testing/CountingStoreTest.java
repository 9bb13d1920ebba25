package dev.tokenlife.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.spi.TokenStore.Insertion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CountingStoreTest extends TokenStoreContract {
  @Override
  protected TokenStore newStore() {
    return CountingStore.around(FaultyStore.around(ReferenceStore.local()));
  }

  @Test
  void everyCall_countsOnce_underItsName() {
    CountingStore store = CountingStore.around(ReferenceStore.local());
    ChainRow row = Rows.minted(ChainKey.of("p", "c"));
    assertThat(store.find(row.key())).isEmpty();
    version(store.insert(row, List.of()));
    winner(store.insert(row, List.of()));
    winner(store.replace(row, "none", List.of()));
    assertThat(store.delete(row.key(), "none")).isFalse();
    assertThat(store.insertAll(List.of(new Insertion(row, List.of())))).hasSize(1);
    assertThat(store.listing().byPartition("p", Optional.empty(), 5).items()).hasSize(1);
    assertThat(store.effects().read("p", 5)).isEmpty();
    assertThat(store.finds()).isEqualTo(1);
    assertThat(store.inserts()).isEqualTo(2);
    assertThat(store.replaces()).isEqualTo(1);
    assertThat(store.deletes()).isEqualTo(1);
    assertThat(store.batches()).isEqualTo(1);
    assertThat(store.queries()).isEqualTo(2);
    assertThat(store.total()).isEqualTo(8);
    assertThat(store.counts()).containsEntry(StoreCall.BY_PARTITION, 1L).hasSize(7);
    store.reset();
    assertThat(store.counts()).isEqualTo(Map.of());
    assertThat(store.total()).isZero();
  }

  @Test
  void manyThreads_loseNoCount() {
    CountingStore store = CountingStore.around(ReferenceStore.local());
    List<Integer> calls =
        Race.of(
            8,
            number -> {
              for (int i = 0; i < 100; i++) {
                assertThat(store.find(ChainKey.of("p", "c"))).isEmpty();
              }
              return 100;
            });
    assertThat(store.finds()).isEqualTo(calls.stream().mapToLong(Integer::longValue).sum());
  }
}
