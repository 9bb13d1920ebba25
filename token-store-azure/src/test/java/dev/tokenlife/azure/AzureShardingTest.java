package dev.tokenlife.azure;

import dev.tokenlife.azure.emulator.AzuriteExtension;
import dev.tokenlife.azure.emulator.WithAzurite;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.TokenShardingContract;
import java.time.Duration;

/** Processes divide their work through the emulator: their time is virtual, the network is not. */
@WithAzurite
final class AzureShardingTest extends TokenShardingContract {
  @Override
  protected TokenStore newStore() {
    return Stores.ready(AzuriteExtension.shared());
  }

  @Override
  protected Duration lifetime() {
    return Duration.ofMinutes(10);
  }
}
