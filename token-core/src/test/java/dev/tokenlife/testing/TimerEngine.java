package dev.tokenlife.testing;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.EngineContext;
import dev.tokenlife.spi.PlannedRefresh;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.Trigger;
import dev.tokenlife.time.TimeSource.Cancellable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The simplest engine that refreshes ahead: one timer of the time source for each watched chain. It
 * is for tests of what lies below engines, and for small numbers of chains.
 */
public final class TimerEngine implements RefreshEngine {
  private final Map<ChainKey, Armed> armed = new HashMap<>();
  private @Nullable EngineContext context;
  private boolean closed;

  private record Armed(PlannedRefresh planned, Cancellable timer) {}

  private TimerEngine() {}

  /** Returns an engine for one instance. */
  public static TimerEngine create() {
    return new TimerEngine();
  }

  @Override
  public synchronized void start(EngineContext started) {
    if (context != null) {
      throw new IllegalStateException("an engine serves one Tokens: create another one");
    }
    context = started;
  }

  @Override
  public synchronized long plan(ChainKey key, PlannedRefresh planned, long ticket) {
    disarm(key);
    if (planned.armed() && !closed) {
      long wait = Math.max(0, planned.at() - context().clock().now());
      Duration delay = Duration.ofMillis(Math.min(wait, Duration.ofDays(3_650).toMillis()));
      armed.put(key, new Armed(planned, context().clock().time().schedule(delay, () -> due(key))));
    }
    return 1;
  }

  @Override
  public void demand(ChainKey key, Demand demand) {
    context().executor().execute(() -> context().run(key, Trigger.CALLER, outcome -> {}));
  }

  @Override
  public synchronized void forget(ChainKey key, long ticket) {
    disarm(key);
  }

  @Override
  public synchronized String explain(ChainKey key, long ticket) {
    Armed one = armed.get(key);
    return one == null ? "" : "at " + one.planned().at();
  }

  @Override
  public synchronized Map<String, Object> status() {
    return Map.of("engine", "timer", "armed", armed.size());
  }

  @Override
  public synchronized void close(Duration timeout) {
    closed = true;
    armed.values().forEach(one -> one.timer().cancel());
    armed.clear();
  }

  /** Returns what is planned for a chain; null if nothing is. */
  public synchronized @Nullable PlannedRefresh planned(ChainKey key) {
    Armed one = armed.get(key);
    return one == null ? null : one.planned();
  }

  private synchronized EngineContext context() {
    return Objects.requireNonNull(context, "the engine was not started");
  }

  private void due(ChainKey key) {
    synchronized (this) {
      armed.remove(key);
      if (closed) {
        return;
      }
    }
    try {
      context().executor().execute(() -> context().run(key, Trigger.TIMER, outcome -> {}));
    } catch (RejectedExecutionException full) {
      PlannedRefresh again = new PlannedRefresh(context().clock().now() + 1_000, 0, 0, 1, true);
      long unused = plan(key, again, 0);
    }
  }

  private void disarm(ChainKey key) {
    Armed one = armed.remove(key);
    if (one != null) {
      one.timer().cancel();
    }
  }
}
