package dev.tokenlife.scheduler;

import dev.tokenlife.scheduler.queue.Job;
import dev.tokenlife.scheduler.queue.RefreshQueue;
import dev.tokenlife.scheduler.queue.Urgency;
import dev.tokenlife.scheduler.timer.TimerLoop;
import dev.tokenlife.spi.EngineContext;
import dev.tokenlife.spi.RefreshOutcome;
import dev.tokenlife.spi.Trigger;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Hands jobs of the queue to the workers, at most so many at a time, and waits for parked upstreams
 * to open. Only one thread hands out at a time; whoever comes meanwhile makes it go round again.
 */
final class Dispatcher {
  /** How long after a refusal the executor is asked again. */
  static final long NO_THREAD_MILLIS = 1_000;

  private final EngineContext context;
  private final RefreshQueue queue;
  private final int workers;
  private final Consumer<Job> noThread;
  private final TimerLoop<String> openings;
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger pumping = new AtomicInteger();
  private final LongAdder dispatched = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private volatile boolean closed;

  /** The timer that pumps when something may have changed; only the pumping thread touches it. */
  private long opening;

  /** A dispatcher that is told which jobs found no thread. */
  Dispatcher(EngineContext context, RefreshQueue queue, int workers, Consumer<Job> noThread) {
    this.context = context;
    this.queue = queue;
    this.workers = workers;
    this.noThread = noThread;
    this.openings =
        new TimerLoop<>(context.clock(), Runnable::run, (name, deadline) -> this.pump());
  }

  /** Starts what can be started. */
  void pump() {
    if (pumping.getAndIncrement() != 0) {
      return;
    }
    int seen = pumping.get();
    do {
      while (!closed && running.get() < workers && next()) {
        dispatched.increment();
      }
      seen = pumping.addAndGet(-seen);
    } while (seen > 0);
  }

  void describe(Map<String, Object> status) {
    status.put("running", running.get());
    status.put("dispatched", dispatched.sum());
    status.put("failed", failed.sum());
  }

  void close() {
    closed = true;
    openings.close();
  }

  private boolean next() {
    long nanos = context.clock().time().nanos();
    long now = context.clock().now();
    Job job = queue.take(now, nanos, upstream -> context.guard().closedFor(upstream).toNanos());
    if (job == null) {
      long wait = queue.opensIn(nanos);
      if (wait != Long.MAX_VALUE) {
        pumpAt(now + wait / 1_000_000 + 1);
      }
      return false;
    }
    running.incrementAndGet();
    try {
      context.executor().execute(() -> run(job));
      return true;
    } catch (RuntimeException full) {
      running.decrementAndGet();
      queue.ended(job);
      noThread.accept(job);
      if (queue.size() > 0) {
        // The others wait where they are, for the executor to recover.
        pumpAt(now + NO_THREAD_MILLIS);
      }
      return false;
    }
  }

  private void run(Job job) {
    Trigger trigger = job.urgency() == Urgency.BLOCKED ? Trigger.CALLER : Trigger.QUEUE;
    context.run(job.key(), trigger, outcome -> ended(job, outcome));
  }

  private void ended(Job job, RefreshOutcome outcome) {
    running.decrementAndGet();
    queue.ended(job);
    if (outcome instanceof RefreshOutcome.Failed) {
      failed.increment();
    }
    pump();
  }

  private void pumpAt(long at) {
    opening = openings.replace(opening, "opening", at);
  }
}
