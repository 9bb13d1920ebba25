package dev.tokenlife.memory.linear;

import dev.tokenlife.memory.MemoryTokenStore;

/** The fetched chain on the memory store as it is. */
public final class HonestGrant extends GrantOperations {
  /** A new chain on a new store. */
  public HonestGrant() {
    super(MemoryTokenStore.create());
  }
}
