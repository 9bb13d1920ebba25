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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refreshes things that have a name and an expiry but are not tokens. */
final class NamedRefreshes {
  private static final Logger log = LoggerFactory.getLogger(NamedRefreshes.class);
  private static final long FIRST_BACKOFF_MILLIS = 1_000;
  private static final long LONGEST_BACKOFF_MILLIS = 300_000;
  private static final long SHORTEST_MILLIS = 100;
  private static final Instant FARTHEST = Instant.parse("9999-12-31T00:00:00Z");

  private final EngineContext context;
  private final TimerLoop<Named> timers;
  private final ConcurrentHashMap<String, Named> all = new ConcurrentHashMap<>();
  private volatile boolean closed;
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
    boolean calling;
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
    if (closed) {
      throw new IllegalStateException("the engine was closed; name=" + name + " is not scheduled");
    }
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
    closed = true;
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
      named.expiresAt = millis(expiresAt);
      named.failures = 0;
      named.calling = false;
    }
    arm(named);
  }

  private void arm(Named named) {
    synchronized (named) {
      // While it is being called, whatever comes of that arms it again.
      if (!named.replaced && !named.calling) {
        named.handle = timers.replace(named.handle, named, next(named, context.clock().now()));
      }
    }
  }

  /** Too soon to schedule means half of what is left: never a busy loop, never too late. */
  private long next(Named named, long now) {
    if (named.failures > 0) {
      return now + backoff(named.failures, named.expiresAt - now);
    }
    Lifetime life = new Lifetime(named.since, named.expiresAt);
    Window window = policy.window(life);
    long at = window.armed() ? window.earliest() : named.since + life.millis() / 2;
    return Math.max(at, named.since + SHORTEST_MILLIS);
  }

  private void retire(Named named) {
    synchronized (named) {
      named.replaced = true;
      timers.cancel(named.handle);
    }
  }

  private void fire(Named named) {
    synchronized (named) {
      if (named.replaced) {
        return;
      }
      named.calling = true;
    }
    try {
      context.executor().execute(() -> call(named));
    } catch (RuntimeException full) {
      failed(named, full);
    }
  }

  private void call(Named named) {
    try {
      var unused =
          named
              .callback
              .get()
              .whenComplete((expiresAt, failure) -> ended(named, expiresAt, failure));
    } catch (RuntimeException | Error failure) {
      failed(named, failure);
    }
  }

  private void ended(Named named, @Nullable Instant expiresAt, @Nullable Throwable failure) {
    if (failure != null) {
      failed(named, failure);
    } else if (expiresAt == null || millis(expiresAt) <= context.clock().now()) {
      failed(named, new IllegalStateException("the callback returned no time to come"));
    } else {
      log.info("Token refresh by scheduler completed name={} expiresAt={}", named.name, expiresAt);
      renewed(named, expiresAt);
    }
  }

  private void failed(Named named, Throwable failure) {
    long wait;
    synchronized (named) {
      named.calling = false;
      named.failures++;
      wait = backoff(named.failures, named.expiresAt - context.clock().now());
    }
    // Only the type: the message of somebody's exception may hold a secret.
    log.warn(
        "Token refresh failed name={} nextAttemptInMillis={} reason={}",
        named.name,
        wait,
        failure.getClass().getName());
    arm(named);
  }

  /** Doubles up to 5 min; while there is life left, it is never slept away. */
  private static long backoff(int failures, long left) {
    long doubled =
        Math.min(LONGEST_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS << Math.min(12, failures - 1));
    return left > 0 ? Math.min(doubled, Math.max(SHORTEST_MILLIS, left / 2)) : doubled;
  }

  /** The farthest times there are do not fit; ten thousand years are as good. */
  private static long millis(Instant instant) {
    return instant.isAfter(FARTHEST) ? FARTHEST.toEpochMilli() : instant.toEpochMilli();
  }
}
