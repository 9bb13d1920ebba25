package dev.tokenlife.azure;

import dev.tokenlife.PullEngine;
import dev.tokenlife.azure.emulator.AzuriteExtension;
import dev.tokenlife.azure.emulator.WithAzurite;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.EngineContract;

/** The pull engine obeys the laws of engines on this store. */
@WithAzurite
final class PullOnAzureTest extends EngineContract {
  @Override
  protected RefreshEngine newEngine() {
    return PullEngine.create();
  }

  @Override
  protected TokenStore newStore() {
    return Stores.ready(AzuriteExtension.shared());
  }

  @Override
  protected boolean refreshesAhead() {
    return false;
  }
}
