package dev.tokenlife.memory;

import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.TokenStoreContract;
import dev.tokenlife.time.VirtualTime;

final class MemoryTokenStoreTest extends TokenStoreContract {
  @Override
  protected TokenStore newStore() {
    return MemoryTokenStore.builder().time(new VirtualTime()).build();
  }
}
