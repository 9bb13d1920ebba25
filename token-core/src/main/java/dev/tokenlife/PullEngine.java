package dev.tokenlife;

import dev.tokenlife.pull.OnDemand;
import dev.tokenlife.spi.RefreshEngine;

/**
 * The pull engine: nothing runs until someone asks. A caller that finds a token due is served and
 * starts its refresh; one that finds none waits for it; any number of callers cause one refresh. It
 * has no timer and no thread of its own.
 */
public final class PullEngine {
  private PullEngine() {}

  /** Returns a new engine, for one {@link Tokens}. */
  public static RefreshEngine create() {
    return new OnDemand();
  }
}
