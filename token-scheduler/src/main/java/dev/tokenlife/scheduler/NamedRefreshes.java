package dev.tokenlife.scheduler;

import dev.tokenlife.scheduler.timer.TimerLoop;
import dev.tokenlife.spi.EngineContext;
import dev.tokenlife.spi.RefreshPolicy;
import dev.tokenlife.spi.RefreshPolicy.Lifetime;
import dev.tokenlife.spi.RefreshPolicy.Window;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refreshes things that have a name and an expiry but are not tokens. */
final class NamedRefreshes {
  private static final Logger log = LoggerFactory.getLogger(NamedRefreshes.class);
  private static final long FIRST_BACKOFF_MILLIS = 1_000;
  private static final long LONGEST_BACKOFF_MILLIS = 300_000;

  private final EngineContext context;
  private final TimerLoop<Named> timers;
  private final ConcurrentHashMap<String, Named> all = new ConcurrentHashMap<>();
  private volatile RefreshPolicy policy = RefreshPolicy.classical();

  NamedRefreshes(EngineContext context) {
    this.context = context;
    this.timers = new TimerLoop<>(context.clock(), Runnable::run, (named, deadline) -> fire(named));
  }

  /** One name: what to call, and what is armed. Its monitor guards the mutable part. */
  private static final class Named {
    final String name;
    final Supplier<? extends CompletionStage<Instant>> callback;
    long since;
    long expiresAt;
    long handle;
    int failures;
    boolean replaced;

    Named(String name, Supplier<? extends CompletionStage<Instant>> callback) {
      this.name = name;
      this.callback = callback;
    }
  }

  void schedule(String name, Instant expiresAt, Callable<Instant> callback) {
    scheduleAsync(name, expiresAt, () -> completed(callback));
  }

  void scheduleAsync(
      String name, Instant expiresAt, Supplier<? extends CompletionStage<Instant>> callback) {
    Named named = new Named(name, callback);
    Named before = all.put(name, named);
    if (before != null) {
      retire(before);
    }
    renewed(named, expiresAt);
  }

  boolean unschedule(String name) {
    Named named = all.remove(name);
    if (named == null) {
      return false;
    }
    retire(named);
    return true;
  }

  List<String> names() {
    return all.keySet().stream().sorted().toList();
  }

  RefreshPolicy policy() {
    return policy;
  }

  void policy(RefreshPolicy next) {
    policy = next;
    all.values().forEach(this::arm);
  }

  void close() {
    timers.close();
    all.clear();
  }

  private static CompletionStage<Instant> completed(Callable<Instant> callback) {
    try {
      return CompletableFuture.completedFuture(callback.call());
    } catch (Exception failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private void renewed(Named named, Instant expiresAt) {
    synchronized (named) {
      named.since = context.clock().now();
      named.expiresAt = expiresAt.toEpochMilli();
      named.failures = 0;
    }
    arm(named);
  }

  /** Too soon to schedule means half of what is left: never a busy loop, never too late. */
  private void arm(Named named) {
    synchronized (named) {
      if (named.replaced) {
        return;
      }
      long at;
      if (named.failures > 0) {
        at = context.clock().now() + backoff(named.failures);
      } else {
        Lifetime life = new Lifetime(named.since, named.expiresAt);
        Window window = policy.window(life);
        at = window.armed() ? window.earliest() : named.since + life.millis() / 2;
        at = Math.max(at, named.since + 100);
      }
      named.handle = timers.replace(named.handle, named, at);
    }
  }

  private void retire(Named named) {
    synchronized (named) {
      named.replaced = true;
      timers.cancel(named.handle);
    }
  }

  private void fire(Named named) {
    try {
      context.executor().execute(() -> call(named));
    } catch (RejectedExecutionException full) {
      failed(named, full);
    }
  }

  private void call(Named named) {
    synchronized (named) {
      if (named.replaced) {
        return;
      }
    }
    CompletionStage<Instant> stage;
    try {
      stage = named.callback.get();
    } catch (RuntimeException | Error failure) {
      failed(named, failure);
      return;
    }
    var unused = stage.whenComplete((expiresAt, failure) -> ended(named, expiresAt, failure));
  }

  private void ended(Named named, @Nullable Instant expiresAt, @Nullable Throwable failure) {
    if (failure != null || expiresAt == null) {
      failed(
          named,
          failure != null ? failure : new IllegalStateException("the callback returned null"));
      return;
    }
    log.info("Token refresh by scheduler completed name={} expiresAt={}", named.name, expiresAt);
    renewed(named, expiresAt);
  }

  private void failed(Named named, Throwable failure) {
    int failures;
    synchronized (named) {
      failures = ++named.failures;
    }
    log.warn(
        "Token refresh failed name={} nextAttemptInMillis={} reason={}",
        named.name,
        backoff(failures),
        failure.getClass().getName());
    arm(named);
  }

  private static long backoff(int failures) {
    return Math.min(LONGEST_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS << Math.min(12, failures - 1));
  }
}
