package dev.tokenlife.refresh;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Progress;
import dev.tokenlife.spi.Demand;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Does the same to many chains, a bounded number at a time, and counts. */
public final class Many {
  private static final int AT_ONCE = 64;

  private final Refresher core;
  private final Function<ChainKey, CompletableFuture<?>> work;
  private final Iterator<ChainKey> keys;
  private final long total;
  private final long startedNanos;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final CompletableFuture<Progress> ended = new CompletableFuture<>();

  private Many(
      Refresher core, Collection<ChainKey> chains, Function<ChainKey, CompletableFuture<?>> work) {
    if (core.isClosed()) {
      throw new IllegalStateException(Refresher.CLOSED);
    }
    this.core = core;
    this.work = work;
    List<ChainKey> copy = List.copyOf(chains);
    this.keys = copy.iterator();
    this.total = copy.size();
    this.startedNanos = core.time().nanos();
  }

  /** Makes chains fresh ahead of their first reader. */
  public static Many warmUp(Refresher core, Readers readers, Collection<ChainKey> chains) {
    return new Many(core, chains, key -> readers.getAsync(key, core.settings().callerDeadline()));
  }

  /** Replaces the tokens of chains, good or not, behind everything more urgent. */
  public static Many refresh(Refresher core, Readers readers, Collection<ChainKey> chains) {
    return new Many(core, chains, key -> readers.refresh(key, Demand.BACKGROUND));
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

  /** Goes on until something has to be waited for; what follows is no deeper on the stack. */
  private void next() {
    ChainKey key = take();
    while (key != null) {
      CompletableFuture<?> one = begin(key);
      if (!one.isDone()) {
        var unused = one.whenCompleteAsync(this::waitedFor, core.answers()::orHere);
        return;
      }
      arrived(!one.isCompletedExceptionally());
      key = take();
    }
  }

  private @Nullable ChainKey take() {
    synchronized (keys) {
      return keys.hasNext() ? keys.next() : null;
    }
  }

  private void waitedFor(@Nullable Object token, @Nullable Throwable failure) {
    arrived(failure == null);
    next();
  }

  private CompletableFuture<?> begin(ChainKey key) {
    try {
      return work.apply(key);
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private void arrived(boolean fresh) {
    if (!fresh) {
      failed.incrementAndGet();
    }
    if (done.incrementAndGet() == total) {
      ended.complete(progress());
    } else if (core.isClosed()) {
      giveUp();
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
