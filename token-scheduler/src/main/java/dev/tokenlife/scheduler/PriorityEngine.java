package dev.tokenlife.scheduler;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.scheduler.queue.Job;
import dev.tokenlife.scheduler.queue.Offer;
import dev.tokenlife.scheduler.queue.RefreshQueue;
import dev.tokenlife.scheduler.queue.Urgency;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.EngineContext;
import dev.tokenlife.spi.PlannedRefresh;
import dev.tokenlife.spi.RefreshEngine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The priority engine: due refreshes wait in a bounded queue and are started by urgency, fairly
 * between upstreams and their tenants, at most so many at a time per upstream.
 *
 * <p>A caller without a usable token goes before everything planned, promoting the entry its chain
 * may have; some permits are kept for planned work. A full queue sheds the planned job that can
 * wait longest, which is planned again later; no waiter is dropped for a less urgent one. An
 * upstream whose guard is closed is parked. While the executor takes nothing, callers are refused
 * at once and planned work is tried again each second. One engine serves one {@link
 * dev.tokenlife.Tokens}; safe for use by many threads.
 */
public final class PriorityEngine implements RefreshEngine {
  private static final Logger log = LoggerFactory.getLogger(PriorityEngine.class);
  private static final long SHED_FOR_MILLIS = 30_000;

  /** In use and closer to its end than this counts as about to expire. */
  private static final long ABOUT_TO_EXPIRE_MILLIS = 60_000;

  private final PrioritySettings settings;
  private final Keeping keeping;
  private final RefreshQueue queue;
  private final ChainTimers timers = new ChainTimers(this::due);
  private final LongAdder shed = new LongAdder();
  private final LongAdder asleep = new LongAdder();
  private volatile @Nullable Dispatcher dispatcher;
  private volatile boolean closed;

  private PriorityEngine(PrioritySettings settings) {
    this.settings = settings;
    this.keeping = new Keeping(settings.keep());
    this.queue = new RefreshQueue(settings.capacity(), settings.perUpstream(), settings.reserved());
  }

  /** Returns an engine with the default settings. */
  public static PriorityEngine create() {
    return create(PrioritySettings.DEFAULT);
  }

  /** Returns an engine with these settings. */
  public static PriorityEngine create(PrioritySettings settings) {
    return new PriorityEngine(settings);
  }

  @Override
  public void start(EngineContext context) {
    timers.start(context);
    dispatcher = new Dispatcher(context, queue, settings.workers(), this::noThread);
  }

  @Override
  public long plan(ChainKey key, PlannedRefresh planned, long ticket) {
    return timers.plan(key, planned, ticket);
  }

  @Override
  public void demand(ChainKey key, Demand demand) {
    Urgency urgency =
        switch (demand) {
          case BLOCKED -> Urgency.BLOCKED;
          case DUE -> Urgency.URGENT;
          case BACKGROUND -> Urgency.AHEAD;
        };
    if (closed || !offer(key, urgency)) {
      throw new RejectedExecutionException(
          closed ? "the engine is closed" : "the refresh queue is full of more urgent work");
    }
    pump();
  }

  @Override
  public void forget(ChainKey key, long ticket) {
    timers.forget(key, ticket);
    boolean unused = queue.remove(key);
  }

  @Override
  public String explain(ChainKey key, long ticket) {
    EngineContext context = timers.context();
    String queued = queue.explain(key, context.clock().now(), context.clock().time().nanos());
    if (!queued.isEmpty()) {
      return queued;
    }
    String armed = timers.explain(key, ticket);
    return armed.isEmpty() ? keeping.explainNothing(context, key) : armed;
  }

  @Override
  public Map<String, Object> status() {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("engine", "priority");
    Dispatcher started = dispatcher;
    if (started != null) {
      status.put("armed", timers.status().armed());
      started.describe(status);
      status.put("recovery", queue.recoveries(timers.context().clock().time().nanos()));
    }
    status.putAll(queue.status());
    status.put("shed", shed.sum());
    status.put("asleep", asleep.sum());
    return status;
  }

  @Override
  public void close(Duration timeout) {
    closed = true;
    Dispatcher started = dispatcher;
    if (timers.close() && started != null) {
      started.close();
      log.info("Token refresh queue stopped queued={}", queue.size());
    }
  }

  private void due(ChainKey key) {
    EngineContext context = timers.context();
    long at = keeping.at(context, key);
    if (at == Keeping.ASLEEP) {
      asleep.increment();
    } else if (at > timers.now()) {
      timers.putOff(key, at);
    } else {
      if (!offer(key, urgency(context, key))) {
        shed(key);
      }
      pump();
    }
  }

  private static Urgency urgency(EngineContext context, ChainKey key) {
    if (!context.used(key)) {
      return Urgency.IDLE;
    }
    long left = context.serveUntil(key) - context.clock().now();
    return left < ABOUT_TO_EXPIRE_MILLIS ? Urgency.URGENT : Urgency.AHEAD;
  }

  private boolean offer(ChainKey key, Urgency urgency) {
    EngineContext context = timers.context();
    long until = context.serveUntil(key);
    long latestStart = until == 0 ? Long.MAX_VALUE : until - context.callDeadline().toMillis();
    Offer offer =
        queue.offer(
            new Job(key, context.upstream(key), context.clock().now(), urgency, latestStart));
    if (offer instanceof Offer.Displaced displaced) {
      shed(displaced.shed().key());
    }
    return !(offer instanceof Offer.Full);
  }

  /** What was shed comes back by its timer, and readers of it are served or refused meanwhile. */
  private void shed(ChainKey key) {
    giveUp(key, "the refresh queue is full", SHED_FOR_MILLIS);
  }

  private void noThread(Job job) {
    giveUp(job.key(), "no thread for its refresh", Dispatcher.NO_THREAD_MILLIS);
  }

  private void giveUp(ChainKey key, String why, long waitMillis) {
    shed.increment();
    timers.context().shed(key, why);
    timers.putOff(key, timers.now() + waitMillis);
  }

  private void pump() {
    Dispatcher started = dispatcher;
    if (started != null) {
      started.pump();
    }
  }
}
