package dev.tokenlife.memory;

import dev.tokenlife.scheduler.Keep;
import dev.tokenlife.scheduler.PriorityEngine;
import dev.tokenlife.scheduler.PrioritySettings;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.EngineContract;

/** The priority engine obeys the laws of engines on this store. */
final class PriorityOnMemoryTest extends EngineContract {
  @Override
  protected RefreshEngine newEngine() {
    return PriorityEngine.create(PrioritySettings.DEFAULT.keep(Keep.ALWAYS));
  }

  @Override
  protected TokenStore newStore() {
    return MemoryTokenStore.create();
  }
}
