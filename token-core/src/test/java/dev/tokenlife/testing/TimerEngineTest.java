package dev.tokenlife.testing;

import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.TokenStore;

/**
 * The simplest engine that refreshes ahead obeys the laws of engines, on a store that is shared.
 */
final class TimerEngineTest extends EngineContract {
  @Override
  protected RefreshEngine newEngine() {
    return TimerEngine.create();
  }

  @Override
  protected TokenStore newStore() {
    return ReferenceStore.shared();
  }
}
