package dev.tokenlife.scheduler;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.scheduler.timer.TimerLoop;
import dev.tokenlife.scheduler.timer.TimerStatus;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.EngineContext;
import dev.tokenlife.spi.PlannedRefresh;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.RefreshOutcome;
import dev.tokenlife.spi.RefreshPolicy;
import dev.tokenlife.spi.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduled engine: every watched chain has exactly one timer, replaced on each refresh, so a
 * token is new before anyone asks.
 *
 * <p>A timer fires at the planned time and hands the refresh to the library's workers; a failure
 * arms the next try, so a chain of refreshes never ends while its chain lives. What fell due while
 * the machine slept is caught up at a bounded rate, most urgent first. A caller that finds no
 * usable token starts a refresh at once. One engine serves one {@link dev.tokenlife.Tokens}; safe
 * for use by many threads.
 */
public final class ScheduledEngine implements RefreshEngine {
  private static final Logger log = LoggerFactory.getLogger(ScheduledEngine.class);
  private static final long AGAIN_MILLIS = 1_000;

  private final Keep keep;
  private final LongAdder completed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder asleep = new LongAdder();
  private final AtomicLong stepsSeen = new AtomicLong();

  /** Timers of chains the executor refused; they are in nobody's ticket. */
  private final ConcurrentHashMap<ChainKey, Long> again = new ConcurrentHashMap<>();

  private volatile @Nullable Running running;
  private volatile boolean closed;

  /** What exists while the engine runs. */
  private record Running(EngineContext context, TimerLoop<ChainKey> timers, NamedRefreshes named) {}

  private ScheduledEngine(Keep keep) {
    this.keep = keep;
  }

  /** Returns an engine that keeps every watched chain fresh. */
  public static ScheduledEngine create() {
    return create(Keep.ALWAYS);
  }

  /** Returns an engine that keeps these chains fresh. */
  public static ScheduledEngine create(Keep keep) {
    return new ScheduledEngine(keep);
  }

  @Override
  public synchronized void start(EngineContext context) {
    if (running != null) {
      throw new IllegalStateException("an engine serves one Tokens: create another one");
    }
    // A turn only hands work on, so it may run on the timer thread itself.
    TimerLoop<ChainKey> timers = new TimerLoop<>(context.clock(), Runnable::run, this::due);
    running = new Running(context, timers, new NamedRefreshes(context));
  }

  @Override
  public long plan(ChainKey key, PlannedRefresh planned, long ticket) {
    Running now = running();
    notAgain(now, key);
    if (!planned.armed()) {
      now.timers.cancel(ticket);
      log.info(
          "Not scheduled, refreshed on demand: too short-lived or out of tries key={} generation={}",
          key,
          planned.generation());
      return TimerLoop.NONE;
    }
    if (ticket == TimerLoop.NONE) {
      long seconds = Math.max(0, planned.at() - now.context.clock().now()) / 1_000;
      log.info("Starting token refresh scheduler key={} refreshInSeconds={}", key, seconds);
    }
    return now.timers.replace(ticket, key, planned.at());
  }

  @Override
  public void demand(ChainKey key, Demand demand) {
    Running now = running();
    now.context.executor().execute(() -> now.context.run(key, Trigger.CALLER, this::count));
  }

  @Override
  public void forget(ChainKey key, long ticket) {
    Running now = running;
    if (now != null) {
      now.timers.cancel(ticket);
      notAgain(now, key);
    }
  }

  /**
   * Refreshes something that is not a token: calls back ahead of its expiry, by the named policy,
   * and again for each expiry the callback returns. A second call for the same name replaces the
   * first. A callback that throws is called again after a backoff.
   *
   * @param expiresAt when what is there now ends
   * @param callback makes a new one and returns when that ends; runs on a worker
   */
  public void schedule(String name, Instant expiresAt, Callable<Instant> callback) {
    running().named.schedule(name, expiresAt, callback);
  }

  /** {@link #schedule} for a callback that returns before its work is done. */
  public void scheduleAsync(
      String name, Instant expiresAt, Supplier<? extends CompletionStage<Instant>> callback) {
    running().named.scheduleAsync(name, expiresAt, callback);
  }

  /** Stops calling back for a name; returns whether there was one. */
  public boolean unschedule(String name) {
    return running().named.unschedule(name);
  }

  /** Returns the policy for named things; the policy of tokens is in {@code Tokens.config()}. */
  public RefreshPolicy namedPolicy() {
    return running().named.policy();
  }

  /** Changes the policy for named things and arms them anew. */
  public void namedPolicy(RefreshPolicy policy) {
    running().named.policy(policy);
  }

  @Override
  public String explain(ChainKey key, long ticket) {
    return ticket == TimerLoop.NONE ? "" : "armed";
  }

  @Override
  public Map<String, Object> status() {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("engine", "scheduled");
    Running now = running;
    if (now == null) {
      return status;
    }
    TimerStatus timers = now.timers.status();
    status.put("armed", timers.armed());
    timers.next().ifPresent(next -> status.put("next", Instant.ofEpochMilli(next).toString()));
    status.put("named", now.named.names());
    status.put("completed", completed.sum());
    status.put("failed", failed.sum());
    status.put("asleep", asleep.sum());
    status.put("fired", timers.lateness().fired());
    status.put("lateMaxMillis", timers.lateness().maxMillis());
    status.put("lateP99Millis", timers.lateness().p99Millis());
    status.put("catchingUp", timers.catchingUp());
    return status;
  }

  @Override
  public void close(Duration timeout) {
    Running now = running;
    if (now != null && !closed) {
      closed = true;
      now.timers.close();
      now.named.close();
      log.info("Token refresh scheduler stopped");
    }
  }

  private void due(ChainKey key, long deadline) {
    Running now = running();
    again.remove(key);
    noticeSteps(now);
    if (keep == Keep.NEVER || (keep == Keep.IF_USED && !now.context.used(key))) {
      asleep.increment();
      return;
    }
    try {
      now.context
          .executor()
          .execute(() -> now.context.run(key, Trigger.TIMER, outcome -> ended(key, outcome)));
    } catch (RuntimeException full) {
      // The plan must not be lost with a full executor; after close, arming does nothing.
      log.warn(
          "The executor refused a refresh; trying again key={} retryMillis={}", key, AGAIN_MILLIS);
      again.put(key, now.timers.arm(key, now.context.clock().now() + AGAIN_MILLIS));
    }
  }

  private void notAgain(Running now, ChainKey key) {
    Long handle = again.isEmpty() ? null : again.remove(key);
    if (handle != null) {
      now.timers.cancel(handle);
    }
  }

  /** A stepped clock or a suspend is told once, when the timers meet it. */
  private void noticeSteps(Running now) {
    long back = now.context.clock().backwardSteps();
    long forward = now.context.clock().forwardSteps();
    if (stepsSeen.getAndSet(back + forward) != back + forward) {
      log.warn("The wall clock stepped, or the machine slept back={} forward={}", back, forward);
    }
  }

  private void ended(ChainKey key, RefreshOutcome outcome) {
    count(outcome);
    if (outcome instanceof RefreshOutcome.Refreshed refreshed) {
      log.info(
          "Token refresh by scheduler completed key={} trigger=TIMER generation={} expiresAt={}",
          key,
          refreshed.generation(),
          refreshed.expiresAt());
    }
  }

  private void count(RefreshOutcome outcome) {
    if (outcome instanceof RefreshOutcome.Refreshed) {
      completed.increment();
    } else if (outcome instanceof RefreshOutcome.Failed) {
      failed.increment();
    }
  }

  private Running running() {
    Running now = running;
    if (now == null) {
      throw new IllegalStateException(
          "the engine was not started: give it to Tokens.builder().engine(...) first");
    }
    return now;
  }
}
