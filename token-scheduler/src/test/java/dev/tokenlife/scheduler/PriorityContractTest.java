package dev.tokenlife.scheduler;

import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.EngineContract;
import dev.tokenlife.testing.ReferenceStore;

/** The priority engine obeys the laws of engines. */
final class PriorityContractTest extends EngineContract {
  @Override
  protected RefreshEngine newEngine() {
    return PriorityEngine.create(PrioritySettings.DEFAULT.keep(Keep.ALWAYS));
  }

  @Override
  protected TokenStore newStore() {
    return ReferenceStore.shared();
  }
}
