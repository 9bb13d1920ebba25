package dev.tokenlife.scheduler;

import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.EngineContract;
import dev.tokenlife.testing.ReferenceStore;

/** The scheduled engine obeys the laws of engines. */
final class ScheduledContractTest extends EngineContract {
  @Override
  protected RefreshEngine newEngine() {
    return ScheduledEngine.create();
  }

  @Override
  protected TokenStore newStore() {
    return ReferenceStore.shared();
  }
}
