package dev.tokenlife.azure;

import dev.tokenlife.azure.emulator.Azurite;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Stores for tests: each with tables of its own, and no query without a partition key. */
final class Stores {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private Stores() {}

  /** A prefix nobody else has. */
  static String prefix() {
    return "t" + ProcessHandle.current().pid() + "x" + NUMBER.incrementAndGet();
  }

  static AzureTokenStoreBuilder builder(Azurite azurite) {
    return AzureTokenStore.builder()
        .connectionString(azurite.connectionString())
        .tablePrefix(prefix())
        .deadline(Duration.ofSeconds(10))
        .addPolicy(new PartitionKeyGuard());
  }

  static AzureTokenStore ready(AzureTokenStoreBuilder builder) {
    AzureTokenStore store = builder.build();
    store.initialize();
    return store;
  }

  static AzureTokenStore ready(Azurite azurite) {
    return ready(builder(azurite));
  }
}
