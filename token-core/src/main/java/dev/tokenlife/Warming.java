package dev.tokenlife;

import dev.tokenlife.model.Progress;
import dev.tokenlife.refresh.Many;
import java.util.concurrent.CompletableFuture;

/** A warm-up or a mass refresh under way. Safe for use by many threads. */
public final class Warming {
  private final Many work;
  private final CompletableFuture<Progress> ended;

  Warming(Many work) {
    this.work = work;
    this.ended = work.start();
  }

  /** Returns how far it is now. */
  public Progress progress() {
    return work.progress();
  }

  /** Returns what completes when every chain was tried; never exceptionally. */
  public CompletableFuture<Progress> ended() {
    return ended.copy();
  }
}
