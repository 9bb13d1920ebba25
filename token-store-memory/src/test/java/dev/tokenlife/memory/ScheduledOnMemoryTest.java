package dev.tokenlife.memory;

import dev.tokenlife.scheduler.ScheduledEngine;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.EngineContract;

/** The scheduled engine obeys the laws of engines on this store. */
final class ScheduledOnMemoryTest extends EngineContract {
  @Override
  protected RefreshEngine newEngine() {
    return ScheduledEngine.create();
  }

  @Override
  protected TokenStore newStore() {
    return MemoryTokenStore.create();
  }
}
