package dev.tokenlife.refresh;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Progress;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Makes many chains fresh ahead of their first reader, a bounded number at a time. */
public final class WarmUp {
  private static final int AT_ONCE = 64;

  private final Readers readers;
  private final Refresher core;
  private final Iterator<ChainKey> keys;
  private final long total;
  private final long startedNanos;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final CompletableFuture<Progress> ended = new CompletableFuture<>();

  /** Prepares to warm these. */
  public WarmUp(Refresher core, Readers readers, Collection<ChainKey> chains) {
    if (core.isClosed()) {
      throw new IllegalStateException(Refresher.CLOSED);
    }
    this.core = core;
    this.readers = readers;
    List<ChainKey> copy = List.copyOf(chains);
    this.keys = copy.iterator();
    this.total = copy.size();
    this.startedNanos = core.time().nanos();
  }

  /** Starts; the future completes with the final figures when every chain was tried. */
  public CompletableFuture<Progress> start() {
    if (total == 0) {
      ended.complete(progress());
    }
    for (int i = 0; i < AT_ONCE; i++) {
      next();
    }
    return ended;
  }

  /** Returns how far it is. */
  public Progress progress() {
    Duration took = Duration.ofNanos(Math.max(1, core.time().nanos() - startedNanos));
    return new Progress(done.get(), failed.get(), total, took);
  }

  private void next() {
    ChainKey key;
    synchronized (keys) {
      if (!keys.hasNext()) {
        return;
      }
      key = keys.next();
    }
    CompletableFuture<?> one = readers.getAsync(key, core.settings().callerDeadline());
    var unused =
        one.whenCompleteAsync((token, failure) -> arrived(failure == null), core.answers()::orHere);
  }

  private void arrived(boolean fresh) {
    if (!fresh) {
      failed.incrementAndGet();
    }
    if (done.incrementAndGet() == total) {
      ended.complete(progress());
    } else if (core.isClosed()) {
      giveUp();
    } else {
      next();
    }
  }

  /** Nothing more can be fetched: what is left has failed. */
  private void giveUp() {
    synchronized (keys) {
      while (keys.hasNext()) {
        keys.next();
        failed.incrementAndGet();
        if (done.incrementAndGet() == total) {
          ended.complete(progress());
        }
      }
    }
  }
}
