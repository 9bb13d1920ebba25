package dev.tokenlife.scheduler;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.scheduler.queue.Job;
import dev.tokenlife.scheduler.queue.RefreshQueue;
import dev.tokenlife.scheduler.queue.RefreshQueue.Offer;
import dev.tokenlife.scheduler.queue.Urgency;
import dev.tokenlife.scheduler.timer.TimerLoop;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.EngineContext;
import dev.tokenlife.spi.PlannedRefresh;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.RefreshOutcome;
import dev.tokenlife.spi.Trigger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
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
 * upstream whose guard is closed is parked. One engine serves one {@link dev.tokenlife.Tokens};
 * safe for use by many threads.
 */
public final class PriorityEngine implements RefreshEngine {
  private static final Logger log = LoggerFactory.getLogger(PriorityEngine.class);
  private static final long SHED_FOR_MILLIS = 30_000;

  /** In use and closer to its end than this counts as about to expire. */
  private static final long ABOUT_TO_EXPIRE_MILLIS = 60_000;

  private final PrioritySettings settings;
  private final RefreshQueue queue;
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger pumping = new AtomicInteger();
  private final LongAdder dispatched = new LongAdder();
  private final LongAdder shed = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /** Timers of chains that were shed; they are in nobody's ticket. */
  private final ConcurrentHashMap<ChainKey, Long> again = new ConcurrentHashMap<>();

  private volatile @Nullable Running active;
  private volatile boolean closed;

  /** The timer that pumps when a parked upstream opens; only the pumping thread touches it. */
  private long opening;

  /** What exists while the engine runs. */
  private record Running(
      EngineContext context, TimerLoop<ChainKey> timers, TimerLoop<String> openings) {}

  private PriorityEngine(PrioritySettings settings) {
    this.settings = settings;
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
  public synchronized void start(EngineContext context) {
    if (active != null) {
      throw new IllegalStateException("an engine serves one Tokens: create another one");
    }
    active =
        new Running(
            context,
            new TimerLoop<>(context.clock(), Runnable::run, (key, deadline) -> due(key)),
            new TimerLoop<>(context.clock(), Runnable::run, (name, deadline) -> pump()));
  }

  @Override
  public long plan(ChainKey key, PlannedRefresh planned, long ticket) {
    Running now = active();
    notAgain(now, key);
    if (!planned.armed()) {
      now.timers.cancel(ticket);
      return TimerLoop.NONE;
    }
    return now.timers.replace(ticket, key, planned.at());
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
    Running now = active;
    if (now != null) {
      now.timers.cancel(ticket);
      notAgain(now, key);
      queue.remove(key);
    }
  }

  @Override
  public String explain(ChainKey key, long ticket) {
    return ticket == TimerLoop.NONE ? "" : "armed";
  }

  @Override
  public Map<String, Object> status() {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("engine", "priority");
    Running now = active;
    if (now != null) {
      status.put("armed", now.timers.status().armed());
    }
    status.putAll(queue.status());
    status.put("running", running.get());
    status.put("dispatched", dispatched.sum());
    status.put("failed", failed.sum());
    status.put("shed", shed.sum());
    return status;
  }

  @Override
  public void close(Duration timeout) {
    closed = true;
    Running now = active;
    if (now != null) {
      now.timers.close();
      now.openings.close();
      log.info("Token refresh queue stopped queued={}", queue.size());
    }
  }

  private void due(ChainKey key) {
    Running now = active();
    again.remove(key);
    boolean used = now.context.used(key);
    if (settings.keep() == Keep.NEVER || (settings.keep() == Keep.IF_USED && !used)) {
      return;
    }
    long left = now.context.serveUntil(key) - now.context.clock().now();
    Urgency urgency =
        !used ? Urgency.IDLE : left < ABOUT_TO_EXPIRE_MILLIS ? Urgency.URGENT : Urgency.AHEAD;
    if (!offer(key, urgency)) {
      again(now, key);
    }
    pump();
  }

  private boolean offer(ChainKey key, Urgency urgency) {
    Running now = active();
    long at = now.context.clock().now();
    long until = now.context.serveUntil(key);
    long latestStart = until == 0 ? Long.MAX_VALUE : until - now.context.callDeadline().toMillis();
    Offer offer = queue.offer(new Job(key, now.context.upstream(key), at, urgency, latestStart));
    if (offer instanceof Offer.Displaced displaced) {
      again(now, displaced.shed().key());
    }
    return !(offer instanceof Offer.Full);
  }

  /** What was shed comes back by its timer, and readers of it are served or refused meanwhile. */
  private void again(Running now, ChainKey key) {
    shed.increment();
    now.context.shed(key, "the refresh queue is full");
    Long before = again.put(key, now.timers.arm(key, now.context.clock().now() + SHED_FOR_MILLIS));
    if (before != null) {
      now.timers.cancel(before);
    }
  }

  private void notAgain(Running now, ChainKey key) {
    Long handle = again.isEmpty() ? null : again.remove(key);
    if (handle != null) {
      now.timers.cancel(handle);
    }
  }

  /** Starts what can be started. Only one thread is here at a time; the others make it go round. */
  private void pump() {
    if (pumping.getAndIncrement() != 0) {
      return;
    }
    int seen = pumping.get();
    do {
      while (!closed && running.get() < settings.workers() && next()) {
        dispatched.increment();
      }
      seen = pumping.addAndGet(-seen);
    } while (seen > 0);
  }

  private boolean next() {
    Running now = active();
    long nanos = now.context.clock().time().nanos();
    Job job =
        queue.take(
            now.context.clock().now(),
            nanos,
            upstream -> now.context.guard().closedFor(upstream).toNanos());
    if (job == null) {
      awaitOpening(now, nanos);
      return false;
    }
    running.incrementAndGet();
    Trigger trigger = job.urgency() == Urgency.BLOCKED ? Trigger.CALLER : Trigger.QUEUE;
    try {
      now.context
          .executor()
          .execute(() -> now.context.run(job.key(), trigger, outcome -> ended(job, outcome)));
    } catch (RejectedExecutionException full) {
      ended(job, new RefreshOutcome.Gone("no thread"));
      again(now, job.key());
      return false;
    }
    return true;
  }

  private void awaitOpening(Running now, long nanos) {
    long wait = queue.opensIn(nanos);
    if (wait != Long.MAX_VALUE) {
      opening =
          now.openings.replace(
              opening, "opening", now.context.clock().now() + wait / 1_000_000 + 1);
    }
  }

  private void ended(Job job, RefreshOutcome outcome) {
    running.decrementAndGet();
    queue.ended(job);
    if (outcome instanceof RefreshOutcome.Failed) {
      failed.increment();
    }
    pump();
  }

  private Running active() {
    Running now = active;
    if (now == null) {
      throw new IllegalStateException(
          "the engine was not started: give it to Tokens.builder().engine(...) first");
    }
    return now;
  }
}
