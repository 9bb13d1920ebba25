package dev.tokenlife.examples.attendance;

import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.examples.attendance.records.AppStore;
import dev.tokenlife.examples.attendance.records.MemoryAppStore;
import dev.tokenlife.memory.MemoryTokenStore;
import dev.tokenlife.spi.TokenStore;
import java.util.Map;
import java.util.Optional;

/**
 * Where things are kept: the one place that knows which stores there are.
 *
 * @param chains the library's store
 * @param records the application's tables
 * @param keys what codes are made with, if they must outlive this process
 */
public record Stores(TokenStore chains, AppStore records, Optional<KeyRing> keys)
    implements AutoCloseable {
  /**
   * Opens what was asked for.
   *
   * @param environment the environment variables
   * @throws IllegalArgumentException if there is no such store, or something is missing for it
   */
  public static Stores open(String name, Map<String, String> environment) {
    return switch (name) {
      case "memory" -> inMemory();
      case "azure" -> AzureStores.open(environment);
      default -> throw new IllegalArgumentException("--store takes memory or azure, not " + name);
    };
  }

  /** Returns empty ones that live and die with this process. */
  public static Stores inMemory() {
    return new Stores(MemoryTokenStore.create(), new MemoryAppStore(), Optional.empty());
  }

  @Override
  public void close() {
    chains.close();
    records.close();
  }
}
