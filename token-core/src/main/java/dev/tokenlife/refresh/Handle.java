package dev.tokenlife.refresh;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import java.time.Duration;

/** Reads one chain without looking it up, unless its entry had to make room. */
public final class Handle {
  private final Refresher core;
  private final Readers readers;
  private final ChainKey key;
  private final Duration patience;
  private Entry entry;

  /** Reads this chain. */
  public Handle(Refresher core, Readers readers, ChainKey key) {
    this.core = core;
    this.readers = readers;
    this.key = key;
    this.patience = core.settings().callerDeadline();
    this.entry = core.entries().obtain(key);
  }

  /** Returns the token; waits only if there is no usable one. */
  public AccessToken get() {
    Entry known = entry;
    if (known.evicted) {
      known = core.entries().obtain(key);
      entry = known;
    }
    AccessToken token = readers.fast(known);
    return token != null ? token : readers.get(key, patience);
  }
}
