package dev.tokenlife.scheduler.queue;

import dev.tokenlife.model.Progress;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one upstream, and how many calls to it are under way. Some of its permits are kept
 * for planned work, so that a flood of callers cannot stop it. While it is closed planned work is
 * parked; callers are not, for the guard's refusal is an answer to them.
 */
final class UpstreamQueue {
  /** Callers wait this long in the queue for an upstream to open. */
  private static final long CALLERS_WAIT_NANOS = 50_000_000;

  private final String name;
  private final int permits;
  private final int reserved;
  private final Lane callers = new Lane();
  private final Lane planned = new Lane();
  private final Backlog backlog = new Backlog();
  private int running;
  private int runningCallers;
  private long parkedUntilNanos;
  private boolean parked;

  UpstreamQueue(String name, int permits, int reserved) {
    this.name = name;
    this.permits = permits;
    this.reserved = reserved;
  }

  String name() {
    return name;
  }

  int size() {
    return callers.size() + planned.size();
  }

  int running() {
    return running;
  }

  void add(Job job) {
    lane(job).add(job);
  }

  void remove(Job job) {
    lane(job).remove(job);
  }

  /** Returns whether it may be called; if it is closed, it is parked and not asked until then. */
  boolean isOpen(long nanos, ToLongFunction<String> closedFor) {
    if (size() == 0 || (parked && parkedUntilNanos - nanos > 0)) {
      return false;
    }
    long closed = closedFor.applyAsLong(name);
    parked = closed > 0;
    parkedUntilNanos = nanos + closed;
    backlog.closed(closed, nanos);
    return !parked;
  }

  /** Returns in how many nanoseconds it opens; the largest number if it is not parked. */
  long opensIn(long nanos) {
    return parked ? Math.max(1, parkedUntilNanos - nanos) : Long.MAX_VALUE;
  }

  String explain(long nanos) {
    String state = parked ? "parked for " + opensIn(nanos) / 1_000_000_000 + " s" : "open";
    return "upstream " + name + " " + state + ", " + running + " running, " + size() + " waiting";
  }

  Map<String, Object> status() {
    return Map.of("queued", size(), "running", running, "parked", parked);
  }

  /** Takes the next job that a permit is free for; null if there is none. */
  @Nullable Job take(long now) {
    if (running >= permits) {
      return null;
    }
    boolean callersMay = planned.size() == 0 || runningCallers < permits - reserved;
    Job job = callersMay ? callers.take(now) : null;
    job = started(job == null ? planned.take(now) : job);
    if (job != null) {
      backlog.handedOut(size());
    }
    return job;
  }

  @Nullable Progress recovery(long nanos) {
    return backlog.progress(size(), nanos);
  }

  /** Takes a caller who is to be refused, since it stays closed for longer than callers wait. */
  @Nullable Job takeToRefuse(long now, long nanos) {
    return parked && opensIn(nanos) > CALLERS_WAIT_NANOS ? started(callers.take(now)) : null;
  }

  private @Nullable Job started(@Nullable Job job) {
    if (job != null) {
      running++;
      runningCallers += job.urgency() == Urgency.BLOCKED ? 1 : 0;
    }
    return job;
  }

  void ended(Job job) {
    running--;
    if (job.urgency() == Urgency.BLOCKED) {
      runningCallers--;
    }
  }

  @Nullable Job leastUrgent() {
    return planned.leastUrgent();
  }

  int plannedSize() {
    return planned.size();
  }

  private Lane lane(Job job) {
    return job.urgency() == Urgency.BLOCKED ? callers : planned;
  }
}
