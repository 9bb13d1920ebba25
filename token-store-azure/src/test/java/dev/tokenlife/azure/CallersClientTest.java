package dev.tokenlife.azure;

import dev.tokenlife.azure.emulator.AzuriteExtension;
import dev.tokenlife.azure.emulator.WithAzurite;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.TokenStoreContract;

/** The laws hold over a client of the caller's own too, which hides ETags and retries by itself. */
@WithAzurite
final class CallersClientTest extends TokenStoreContract {
  @Override
  protected TokenStore newStore() {
    AzureTokenStore store =
        AzureTokenStore.builder()
            .client(AzuriteExtension.shared().sdk())
            .tablePrefix(Stores.prefix())
            .spread("spotify", 4)
            .build();
    store.initialize();
    return store;
  }
}
