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

  private final Keeping keeping;
  private final ChainTimers timers = new ChainTimers(this::due);
  private final LongAdder completed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder asleep = new LongAdder();
  private final AtomicLong stepsSeen = new AtomicLong();
  private volatile @Nullable NamedRefreshes named;

  private ScheduledEngine(Keep keep) {
    this.keeping = new Keeping(keep);
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
  public void start(EngineContext context) {
    timers.start(context);
    named = new NamedRefreshes(context);
  }

  @Override
  public long plan(ChainKey key, PlannedRefresh planned, long ticket) {
    if (!planned.armed()) {
      log.info(
          "Not scheduled, refreshed on demand: too short-lived or out of tries key={} generation={}",
          key,
          planned.generation());
    } else if (ticket == TimerLoop.NONE) {
      long seconds = Math.max(0, planned.at() - timers.now()) / 1_000;
      log.info("Starting token refresh scheduler key={} refreshInSeconds={}", key, seconds);
    }
    return timers.plan(key, planned, ticket);
  }

  @Override
  public void demand(ChainKey key, Demand demand) {
    EngineContext context = timers.context();
    context.executor().execute(() -> context.run(key, Trigger.CALLER, this::count));
  }

  @Override
  public void forget(ChainKey key, long ticket) {
    timers.forget(key, ticket);
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
    named().schedule(name, expiresAt, callback);
  }

  /** {@link #schedule} for a callback that returns before its work is done. */
  public void scheduleAsync(
      String name, Instant expiresAt, Supplier<? extends CompletionStage<Instant>> callback) {
    named().scheduleAsync(name, expiresAt, callback);
  }

  /** Stops calling back for a name; returns whether there was one. */
  public boolean unschedule(String name) {
    return named().unschedule(name);
  }

  /** Returns the policy for named things; the policy of tokens is in {@code Tokens.config()}. */
  public RefreshPolicy namedPolicy() {
    return named().policy();
  }

  /** Changes the policy for named things and arms them anew. */
  public void namedPolicy(RefreshPolicy policy) {
    named().policy(policy);
  }

  @Override
  public String explain(ChainKey key, long ticket) {
    String armed = timers.explain(key, ticket);
    return armed.isEmpty() ? keeping.explainNothing(timers.context(), key) : armed;
  }

  @Override
  public Map<String, Object> status() {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("engine", "scheduled");
    NamedRefreshes started = named;
    if (started == null) {
      return status;
    }
    TimerStatus armed = timers.status();
    status.put("armed", armed.armed());
    armed.next().ifPresent(next -> status.put("next", Instant.ofEpochMilli(next).toString()));
    status.put("named", started.names());
    status.put("completed", completed.sum());
    status.put("failed", failed.sum());
    status.put("asleep", asleep.sum());
    status.put("fired", armed.lateness().fired());
    status.put("lateMaxMillis", armed.lateness().maxMillis());
    status.put("lateP99Millis", armed.lateness().p99Millis());
    status.put("catchingUp", armed.catchingUp());
    return status;
  }

  @Override
  public void close(Duration timeout) {
    NamedRefreshes started = named;
    if (timers.close() && started != null) {
      started.close();
      log.info("Token refresh scheduler stopped");
    }
  }

  private void due(ChainKey key) {
    EngineContext context = timers.context();
    noticeSteps(context);
    long at = keeping.at(context, key);
    if (at == Keeping.ASLEEP) {
      asleep.increment();
    } else if (at > timers.now()) {
      timers.putOff(key, at);
    } else {
      begin(context, key);
    }
  }

  private void begin(EngineContext context, ChainKey key) {
    try {
      context
          .executor()
          .execute(() -> context.run(key, Trigger.TIMER, outcome -> ended(key, outcome)));
    } catch (RuntimeException full) {
      // The plan must not be lost with a full executor; after close, arming does nothing.
      log.warn(
          "The executor refused a refresh; trying again key={} retryMillis={}", key, AGAIN_MILLIS);
      timers.putOff(key, timers.now() + AGAIN_MILLIS);
    }
  }

  /** A stepped clock or a suspend is told once, when the timers meet it. */
  private void noticeSteps(EngineContext context) {
    long back = context.clock().backwardSteps();
    long forward = context.clock().forwardSteps();
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

  private NamedRefreshes named() {
    NamedRefreshes started = named;
    if (started == null) {
      throw new IllegalStateException(ChainTimers.NOT_STARTED);
    }
    return started;
  }
}
