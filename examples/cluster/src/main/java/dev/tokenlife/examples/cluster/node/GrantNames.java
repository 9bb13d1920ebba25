package dev.tokenlife.examples.cluster.node;

import dev.tokenlife.model.ChainKey;
import java.util.Locale;

/** How grants are named: {@code g-00042} everywhere. */
public final class GrantNames {
  private GrantNames() {}

  /** Returns the name of a grant, counted from 0. */
  public static String of(int number) {
    return String.format(Locale.ROOT, "g-%05d", number);
  }

  /** Returns the chain of a grant. */
  public static ChainKey key(String grant) {
    return ChainKey.of(NodeSettings.PARTITION, grant);
  }
}
