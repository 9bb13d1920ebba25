package dev.tokenlife.spi;

import dev.tokenlife.model.ChainKey;

/** A row beside the chain's own, in the same partition, changed together with it. */
public sealed interface Companion {
  /** Finds the chains somebody holds. Its key is (holder, chainId). */
  record HolderIndex(String holder, String chainId) implements Companion {}

  /** Remembers that somebody held a chain of this partition. Its key is the holder. */
  record HeldBefore(String holder) implements Companion {}

  /** Something a hand-over caused. Its key is (chain id, seq). */
  record EffectRow(Effect effect) implements Companion {}

  /** Returns whether both have the same key, so that only one of them can exist. */
  default boolean sameRow(Companion other) {
    if (this instanceof EffectRow a && other instanceof EffectRow b) {
      return a.effect.chain().equals(b.effect.chain()) && a.effect.seq() == b.effect.seq();
    }
    return equals(other);
  }

  /** Returns the companion that lets {@code holder}'s chains be found. */
  static Companion holderIndex(String holder, ChainKey chain) {
    return new HolderIndex(holder, chain.id());
  }
}
