package dev.tokenlife.spi;

import dev.tokenlife.model.ChainRow;
import java.util.Optional;

/** One thing a store keeps, on its way out of it or into it; see {@link StoreContents}. */
public sealed interface StoreItem {
  /** Returns the partition it belongs to. */
  String partition();

  /** A chain. */
  record Chain(ChainRow row) implements StoreItem {
    @Override
    public String partition() {
      return row.key().partition();
    }

    /** Returns the entry of the holder index that goes with it, as the transitions keep it. */
    public Optional<Companion> holderEntry() {
      String holder = row.position().holder();
      return holder == null || row.state().isFinal()
          ? Optional.empty()
          : Optional.of(Companion.holderIndex(holder, row.key()));
    }
  }

  /** A held-before marker or an effect; the chain it speaks of may be gone. */
  record Beside(String partition, Companion companion) implements StoreItem {
    /** Refuses entries of the holder index, which go with their chains. */
    public Beside {
      if (companion instanceof Companion.HolderIndex) {
        throw new IllegalArgumentException("an entry of the holder index goes with its chain");
      }
    }
  }
}
