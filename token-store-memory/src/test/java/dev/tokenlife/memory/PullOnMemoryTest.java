package dev.tokenlife.memory;

import dev.tokenlife.PullEngine;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.EngineContract;

/** The pull engine obeys the laws of engines on this store. */
final class PullOnMemoryTest extends EngineContract {
  @Override
  protected RefreshEngine newEngine() {
    return PullEngine.create();
  }

  @Override
  protected TokenStore newStore() {
    return MemoryTokenStore.create();
  }

  @Override
  protected boolean refreshesAhead() {
    return false;
  }
}
