package dev.tokenlife.refresh;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.TokenSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which source serves which partition. */
public final class Sources {
  private final @Nullable TokenSource everywhere;
  private final Map<String, TokenSource> byPartition;

  /** {@code everywhere} serves the partitions that have no source of their own; null for none. */
  public Sources(@Nullable TokenSource everywhere, Map<String, TokenSource> byPartition) {
    this.everywhere = everywhere;
    this.byPartition = Map.copyOf(byPartition);
  }

  /** Returns the names of all upstreams. */
  Set<String> upstreams() {
    Set<String> names = new TreeSet<>();
    byPartition.values().forEach(source -> names.add(source.upstream()));
    if (everywhere != null) {
      names.add(everywhere.upstream());
    }
    return names;
  }

  /** Returns whether a chain has a source here. */
  boolean serves(ChainKey key) {
    return everywhere != null || byPartition.containsKey(key.partition());
  }

  /**
   * Returns the source of a chain.
   *
   * @throws IllegalArgumentException if its partition has none
   */
  public TokenSource of(ChainKey key) {
    TokenSource source = byPartition.get(key.partition());
    if (source == null) {
      source = everywhere;
    }
    if (source == null) {
      throw new IllegalArgumentException(
          "no source for key="
              + key
              + ": add .source(source) for every partition or"
              + " .source(\""
              + key.partition()
              + "\", source) when building Tokens");
    }
    return source;
  }
}
