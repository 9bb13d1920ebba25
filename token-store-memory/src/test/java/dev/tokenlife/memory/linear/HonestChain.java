package dev.tokenlife.memory.linear;

import dev.tokenlife.memory.MemoryTokenStore;

/** The chain on the memory store as it is. */
public final class HonestChain extends ChainOperations {
  /** A new chain on a new store. */
  public HonestChain() {
    super(MemoryTokenStore.create());
  }
}
