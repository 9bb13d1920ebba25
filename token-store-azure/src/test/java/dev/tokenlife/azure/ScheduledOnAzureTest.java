package dev.tokenlife.azure;

import dev.tokenlife.azure.emulator.AzuriteExtension;
import dev.tokenlife.azure.emulator.WithAzurite;
import dev.tokenlife.scheduler.ScheduledEngine;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.EngineContract;

/** The scheduled engine obeys the laws of engines on this store. */
@WithAzurite
final class ScheduledOnAzureTest extends EngineContract {
  @Override
  protected RefreshEngine newEngine() {
    return ScheduledEngine.create();
  }

  @Override
  protected TokenStore newStore() {
    return Stores.ready(AzuriteExtension.shared());
  }
}
