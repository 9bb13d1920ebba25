package dev.tokenlife.azure;

import dev.tokenlife.azure.emulator.AzuriteExtension;
import dev.tokenlife.azure.emulator.WithAzurite;
import dev.tokenlife.scheduler.Keep;
import dev.tokenlife.scheduler.PriorityEngine;
import dev.tokenlife.scheduler.PrioritySettings;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.EngineContract;

/** The priority engine obeys the laws of engines on this store. */
@WithAzurite
final class PriorityOnAzureTest extends EngineContract {
  @Override
  protected RefreshEngine newEngine() {
    return PriorityEngine.create(PrioritySettings.DEFAULT.keep(Keep.ALWAYS));
  }

  @Override
  protected TokenStore newStore() {
    return Stores.ready(AzuriteExtension.shared());
  }
}
