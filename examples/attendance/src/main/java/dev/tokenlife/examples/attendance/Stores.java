package dev.tokenlife.examples.attendance;

import dev.tokenlife.examples.attendance.records.AppStore;
import dev.tokenlife.examples.attendance.records.MemoryAppStore;
import dev.tokenlife.memory.MemoryTokenStore;
import dev.tokenlife.spi.TokenStore;

/**
 * Where things are kept: the one place that knows which stores there are.
 *
 * @param chains the library's store
 * @param records the application's tables
 */
public record Stores(TokenStore chains, AppStore records) implements AutoCloseable {
  /**
   * Opens what was asked for.
   *
   * @throws IllegalArgumentException if there is no such store
   */
  public static Stores open(String name) {
    if (name.equals("memory")) {
      return new Stores(MemoryTokenStore.create(), new MemoryAppStore());
    }
    throw new IllegalArgumentException("--store takes memory, not " + name);
  }

  @Override
  public void close() {
    chains.close();
    try {
      records.close();
    } catch (Exception failure) {
      throw new IllegalStateException("the tables could not be closed", failure);
    }
  }
}
