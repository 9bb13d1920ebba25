package dev.tokenlife.transition;

import dev.tokenlife.model.ChainRow;
import org.jspecify.annotations.Nullable;

/** Whether an actor proved the key that the holder is bound to. */
final class Keys {
  private Keys() {}

  static boolean match(ChainRow row, @Nullable String proved) {
    String bound = row.position().holderKey();
    return bound == null || bound.equals(proved);
  }
}
