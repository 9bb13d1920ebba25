package dev.tokenlife.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.DueListing.DueChain;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.WriteResult;
import dev.tokenlife.testing.Rows;
import dev.tokenlife.time.VirtualTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What pages refuse, and that a cursor outlives the chain it stands on. */
final class CursorTest {
  private final MemoryTokenStore store = MemoryTokenStore.builder().time(new VirtualTime()).build();

  @Test
  void aLimitBelowOne_isRefused() {
    assertThatThrownBy(() -> store.listing().byPartition("p", Optional.empty(), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.listing().byHolder("p", "h", Optional.empty(), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.due().dueBefore(0, Optional.empty(), -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.effects().read("p", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aForeignCursor_isRefused_andNamed() {
    for (String foreign : List.of("", "x", "1:2", "1:9:p", "one:1:pa", "1:1:p")) {
      assertThatThrownBy(() -> store.due().dueBefore(9, Optional.of(foreign), 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + foreign + "'");
    }
  }

  @Test
  void aCursor_outlivesTheChainItStandsOn() {
    for (int i = 0; i < 4; i++) {
      ChainKey key = ChainKey.of("p:1:", "chain-" + i);
      assertThat(store.insert(Rows.fetched(key, -1_000 + i), List.of()))
          .isInstanceOf(WriteResult.Written.class);
    }
    Page<DueChain> first = store.due().dueBefore(0, Optional.empty(), 2);
    for (DueChain due : first.items()) {
      String version = store.find(due.key()).orElseThrow().version();
      assertThat(store.delete(due.key(), version)).isTrue();
    }
    assertThat(store.due().dueBefore(0, first.next(), 2).items())
        .extracting(due -> due.key().id())
        .containsExactly("chain-2", "chain-3");
  }
}
