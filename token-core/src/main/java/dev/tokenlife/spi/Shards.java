package dev.tokenlife.spi;

import dev.tokenlife.model.ChainKey;

/** Which shard of the background work a chain belongs to; the same in every process and version. */
public final class Shards {
  /** How many shards a store is divided into. */
  public static final int COUNT = 64;

  private Shards() {}

  /** Returns the shard of a chain, from 0 to {@value #COUNT} - 1. */
  public static int of(ChainKey key) {
    int hash = 31 * key.partition().hashCode() + key.id().hashCode();
    hash ^= hash >>> 16;
    hash *= 0x85ebca6b;
    hash ^= hash >>> 13;
    return (hash & Integer.MAX_VALUE) % COUNT;
  }
}
