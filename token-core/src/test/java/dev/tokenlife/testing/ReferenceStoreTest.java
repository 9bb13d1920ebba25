package dev.tokenlife.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.TokenStore;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReferenceStoreTest extends TokenStoreContract {
  @Override
  protected TokenStore newStore() {
    return ReferenceStore.local();
  }

  @Test
  void itIsLocalOrShared_asItWasAskedToBe() {
    assertThat(ReferenceStore.local().processLocal()).isTrue();
    assertThat(ReferenceStore.shared().processLocal()).isFalse();
  }

  @Test
  void itShowsWhatItHolds() {
    ReferenceStore store = ReferenceStore.local();
    Companion marker = new Companion.HeldBefore("ann");
    var row = Rows.minted(chain("a"));
    store.insert(row, List.of(CompanionChange.insert(marker)));
    assertThat(store.size()).isEqualTo(1);
    assertThat(store.rows()).containsExactly(row);
    assertThat(store.companions("partition-1")).containsExactly(marker);
    assertThat(store.companions("nobody")).isEmpty();
  }
}
