package dev.tokenlife.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.WriteResult;
import dev.tokenlife.testing.Race;
import dev.tokenlife.testing.Rows;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The limit refuses, names what to do, and drops nothing. */
final class LiveLimitTest {
  private final VirtualTime time = new VirtualTime();
  private final MemoryTokenStore store =
      MemoryTokenStore.builder().time(time).maxLiveChains(10).build();

  @Test
  void beyondTheLimit_aNewChainIsRefused_withItsKeyAndTheNextStep() {
    fill();
    ChainRow row = Rows.minted(ChainKey.of("p", "one-too-many"));
    List<CompanionChange> changes =
        List.of(CompanionChange.insert(new Companion.HeldBefore("ann")));
    assertThatThrownBy(() -> store.insert(row, changes))
        .isInstanceOfSatisfying(
            StoreException.class,
            full -> {
              assertThat(full.kind()).isEqualTo(StoreException.Kind.FULL);
              assertThat(full.retryable()).isFalse();
            })
        .hasMessageContainingAll("p/one-too-many", "10", "maxLiveChains");
    assertThat(store.find(row.key())).isEmpty();
    assertThat(store.companions()).isZero();
    assertThat(store.liveChains()).isEqualTo(10);
    assertThat(store.chains()).isEqualTo(10);
  }

  @Test
  void aClosedOrDeletedChain_makesRoomForOne() {
    fill();
    ChainRow first = Rows.minted(ChainKey.of("p", "chain-0"));
    assertThat(store.replace(Rows.closed(first), version(first.key()), List.of()))
        .isInstanceOf(WriteResult.Written.class);
    insert("after-close");
    assertThat(store.delete(ChainKey.of("p", "chain-1"), version(ChainKey.of("p", "chain-1"))))
        .isTrue();
    insert("after-delete");
    assertThat(store.liveChains()).isEqualTo(10);
    assertThat(store.chains()).isEqualTo(11);
  }

  @Test
  void inAFullStore_chainsAreStillWritten_listedAndRefusedAsBefore() {
    fill();
    ChainKey key = ChainKey.of("p", "chain-3");
    assertThat(store.insert(Rows.minted(key), List.of())).isInstanceOf(WriteResult.Lost.class);
    assertThat(store.replace(Rows.minted(key), version(key), List.of()))
        .isInstanceOf(WriteResult.Written.class);
    assertThat(store.listing().byPartition("p", Optional.empty(), 100).items()).hasSize(10);
  }

  @Test
  void aChainThatComesBack_isLetInBeyondTheLimit() {
    ChainRow row = Rows.fetched(ChainKey.of("p", "back"));
    assertThat(store.insert(Rows.closed(row), List.of())).isInstanceOf(WriteResult.Written.class);
    fill();
    assertThat(store.replace(Rows.in(ChainState.ACTIVE, row), version(row.key()), List.of()))
        .isInstanceOf(WriteResult.Written.class);
    assertThat(store.liveChains()).isEqualTo(11);
  }

  @Test
  void ofManyThreadsAtTheLimit_exactlyAsManyAsThereIsRoom_getIn() {
    List<Boolean> in =
        Race.of(
            32,
            i -> {
              try {
                insert("raced-" + i);
                return true;
              } catch (StoreException full) {
                return false;
              }
            });
    assertThat(in.stream().filter(Boolean::booleanValue)).hasSize(10);
    assertThat(store.chains()).isEqualTo(10);
  }

  @Test
  void settingsThatCannotWork_areRefused() {
    MemoryStoreBuilder builder = MemoryTokenStore.builder();
    assertThatThrownBy(() -> builder.maxLiveChains(0)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> builder.retention(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.retention(Duration.ofDays(3_651)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(MemoryTokenStore.create().processLocal()).isTrue();
  }

  private void fill() {
    for (int i = 0; i < 10; i++) {
      insert("chain-" + i);
    }
  }

  private void insert(String id) {
    assertThat(store.insert(Rows.minted(ChainKey.of("p", id)), List.of()))
        .isInstanceOf(WriteResult.Written.class);
  }

  private String version(ChainKey key) {
    return store.find(key).orElseThrow().version();
  }
}
