package dev.tokenlife.memory.linear;

/** The chain behind a cache that does not order what it is told by revision. */
public final class StaleReadChain extends ChainOperations {
  /** A new chain on a new store. */
  public StaleReadChain() {
    super(new FlawedStore(FlawedStore.Flaw.UNORDERED_CACHE));
  }
}
