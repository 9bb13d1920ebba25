package dev.tokenlife.scheduler;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.EngineContext;

/** What becomes of a chain whose planned time has come: refreshed, put off, or left to sleep. */
record Keeping(Keep keep) {
  /** It sleeps until somebody reads it. */
  static final long ASLEEP = Long.MAX_VALUE;

  /**
   * Returns when to refresh it, epoch milliseconds: now or before means at once, later that its
   * timer is armed again for then, {@link #ASLEEP} that nothing is.
   */
  long at(EngineContext context, ChainKey key) {
    long wanted =
        switch (keep) {
          case ALWAYS -> 0;
          case IF_USED -> context.used(key) ? 0 : ASLEEP;
          case IF_LIKELY -> context.likelyAt(key);
          case NEVER -> ASLEEP;
        };
    return wanted > context.clock().now() ? wanted : context.pausesAt(key);
  }

  /** Says why nothing is armed for a chain that is not being refreshed either. */
  String explainNothing(EngineContext context, ChainKey key) {
    if (keep == Keep.NEVER) {
      return "refreshed when it is read (keep=NEVER)";
    }
    boolean asleep = keep != Keep.ALWAYS && !context.used(key);
    return asleep ? "asleep until it is read (keep=" + keep + ")" : "its refresh has begun";
  }
}
