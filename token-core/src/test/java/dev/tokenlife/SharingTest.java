package dev.tokenlife;

import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.testing.TokenShardingContract;

/** The simple store can be shared. */
final class SharingTest extends TokenShardingContract {
  @Override
  protected TokenStore newStore() {
    return ReferenceStore.shared();
  }
}
