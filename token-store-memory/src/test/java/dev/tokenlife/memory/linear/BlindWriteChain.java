package dev.tokenlife.memory.linear;

/** The chain on a store whose compare-and-set does not compare. */
public final class BlindWriteChain extends ChainOperations {
  /** A new chain on a new store. */
  public BlindWriteChain() {
    super(new FlawedStore(FlawedStore.Flaw.BLIND_WRITES));
  }
}
