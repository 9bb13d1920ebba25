package dev.tokenlife.azure;

import dev.tokenlife.azure.emulator.AzuriteExtension;
import dev.tokenlife.azure.emulator.WithAzurite;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.TokenStoreContract;

/** The Azure store obeys the laws of stores, on the emulator. */
@WithAzurite
final class AzureTokenStoreTest extends TokenStoreContract {
  @Override
  protected TokenStore newStore() {
    return Stores.ready(AzuriteExtension.shared());
  }
}
