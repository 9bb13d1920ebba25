package dev.tokenlife.examples.due;

import dev.tokenlife.azure.AzureTokenStore;
import dev.tokenlife.crypto.KeyRefusedException;
import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.memory.MemoryTokenStore;
import dev.tokenlife.spi.TokenStore;

/** The store that the environment names, with the keys that open its secrets. */
final class Stores {
  private static final String KEYS = "KEYS";

  private Stores() {}

  /**
   * Opens the store; tables that are missing are created.
   *
   * @throws IllegalArgumentException naming the variable that is missing or malformed
   * @throws dev.tokenlife.spi.StoreException if the tables cannot be reached
   */
  static TokenStore open(Settings settings) {
    String store = settings.text("STORE", "memory");
    return switch (store) {
      case "memory" -> MemoryTokenStore.create();
      case "azure" -> azure(settings);
      default ->
          throw new IllegalArgumentException("STORE is " + store + ": set it to memory or azure");
    };
  }

  private static AzureTokenStore azure(Settings settings) {
    String connection = settings.secret("STORE_CREDENTIALS").get().reveal();
    AzureTokenStore store =
        AzureTokenStore.builder()
            .connectionString(connection)
            .tablePrefix(settings.text("TABLE_PREFIX", ""))
            .build();
    store.initialize();
    return store;
  }

  /** Returns the keys for a store that outlives the process. */
  static KeyRing keys(Settings settings) {
    try {
      return KeyRing.load(settings.secret(KEYS));
    } catch (KeyRefusedException refused) {
      throw new IllegalArgumentException(KEYS + ": " + refused.getMessage(), refused);
    }
  }
}
