package dev.tokenlife;

import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.EngineContract;
import dev.tokenlife.testing.ReferenceStore;

/** The pull engine obeys the laws of engines. */
final class PullEngineTest extends EngineContract {
  @Override
  protected RefreshEngine newEngine() {
    return PullEngine.create();
  }

  @Override
  protected TokenStore newStore() {
    return ReferenceStore.local();
  }

  @Override
  protected boolean refreshesAhead() {
    return false;
  }
}
