package dev.tokenlife.scheduler.queue;

import dev.tokenlife.model.ChainKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The queue: at most one job per chain, at most a given number in all. Upstreams with a free permit
 * take turns. Safe for use by many threads; every call takes one short lock.
 */
public final class RefreshQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ChainKey, Job> jobs = new HashMap<>();
  private final Map<String, UpstreamQueue> upstreams = new HashMap<>();
  private final Deque<UpstreamQueue> turns = new ArrayDeque<>();
  private final Map<Urgency, Integer> depth = new EnumMap<>(Urgency.class);
  private final int capacity;
  private final int permits;
  private final int reserved;

  /**
   * An empty queue.
   *
   * @param capacity the most jobs
   * @param permits the most calls to one upstream at a time
   * @param reserved how many of them are kept for planned work
   */
  public RefreshQueue(int capacity, int permits, int reserved) {
    this.capacity = capacity;
    this.permits = permits;
    this.reserved = reserved;
  }

  /** What became of an offer. */
  public sealed interface Offer {
    /** It waits now. */
    record Queued() implements Offer {}

    /** It waited already; it may have been promoted. */
    record Known() implements Offer {}

    /** It waits now, and this one, which can wait longest, had to go. */
    record Displaced(Job shed) implements Offer {}

    /** There is no room, and nothing less urgent to displace. */
    record Full() implements Offer {}
  }

  /** Adds a job, or promotes the one its chain has; never demotes it. */
  public Offer offer(Job job) {
    lock.lock();
    try {
      Job known = jobs.get(job.key());
      if (known != null) {
        promote(known, job);
        return new Offer.Known();
      }
      Job shed = null;
      if (jobs.size() >= capacity) {
        shed = victim(job);
        if (shed == null) {
          return new Offer.Full();
        }
        drop(shed);
      }
      enqueue(job);
      return shed == null ? new Offer.Queued() : new Offer.Displaced(shed);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the next job whose upstream has a permit and is open; its permit is held until {@link
   * #ended}. A closed upstream still yields its blocked callers, whom the guard refuses at once
   * with the kind and when to ask again: waiting here they would learn nothing.
   *
   * @param now epoch milliseconds
   * @param nanos the ticker, for parked upstreams
   * @param closedFor how long an upstream is closed, in nanoseconds; such a one is parked that long
   */
  public @Nullable Job take(long now, long nanos, ToLongFunction<String> closedFor) {
    lock.lock();
    try {
      for (int i = turns.size(); i > 0; i--) {
        UpstreamQueue upstream = turns.removeFirst();
        turns.addLast(upstream);
        boolean open = open(upstream, nanos, closedFor);
        Job job = open ? upstream.take(now) : upstream.takeCaller(now);
        if (job != null) {
          jobs.remove(job.key());
          depth.merge(job.urgency(), -1, Integer::sum);
          return job;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Gives a job's permit back. */
  public void ended(Job job) {
    lock.lock();
    try {
      UpstreamQueue upstream = upstreams.get(job.upstream());
      if (upstream != null) {
        upstream.ended(job);
        forgetIfIdle(upstream);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes a chain out; returns whether it waited. */
  public boolean remove(ChainKey key) {
    lock.lock();
    try {
      Job job = jobs.get(key);
      if (job == null) {
        return false;
      }
      drop(job);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns in how many nanoseconds the first parked upstream opens; {@link Long#MAX_VALUE} if none
   * is parked.
   */
  public long opensIn(long nanos) {
    lock.lock();
    try {
      long first = Long.MAX_VALUE;
      for (UpstreamQueue upstream : turns) {
        if (upstream.parked && upstream.size() > 0) {
          first = Math.min(first, Math.max(1, upstream.parkedUntilNanos - nanos));
        }
      }
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many jobs wait. */
  public int size() {
    lock.lock();
    try {
      return jobs.size();
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many wait in each class, and per upstream how many wait and run. */
  public Map<String, Object> status() {
    lock.lock();
    try {
      Map<String, Object> status = new LinkedHashMap<>();
      status.put("queued", jobs.size());
      status.put("byClass", new EnumMap<>(depth));
      Map<String, Object> each = new LinkedHashMap<>();
      upstreams.forEach(
          (name, queue) ->
              each.put(
                  name,
                  Map.of(
                      "queued", queue.size(),
                      "running", queue.running(),
                      "parked", queue.parked)));
      status.put("upstreams", each);
      return status;
    } finally {
      lock.unlock();
    }
  }

  private static boolean open(
      UpstreamQueue upstream, long nanos, ToLongFunction<String> closedFor) {
    if (upstream.size() == 0) {
      return false;
    }
    if (upstream.parked && upstream.parkedUntilNanos - nanos > 0) {
      return false;
    }
    long closed = closedFor.applyAsLong(upstream.name());
    upstream.parked = closed > 0;
    upstream.parkedUntilNanos = nanos + closed;
    return !upstream.parked;
  }

  private void promote(Job known, Job wanted) {
    UpstreamQueue upstream = upstreams.get(known.upstream());
    if (upstream == null) {
      return;
    }
    upstream.remove(known);
    depth.merge(known.urgency(), -1, Integer::sum);
    known.promote(wanted.urgency(), wanted.order());
    upstream.add(known);
    depth.merge(known.urgency(), 1, Integer::sum);
  }

  private void enqueue(Job job) {
    UpstreamQueue upstream = upstreams.get(job.upstream());
    if (upstream == null) {
      upstream = new UpstreamQueue(job.upstream(), permits, reserved);
      upstreams.put(upstream.name(), upstream);
      turns.addLast(upstream);
    }
    upstream.add(job);
    jobs.put(job.key(), job);
    depth.merge(job.urgency(), 1, Integer::sum);
  }

  private void drop(Job job) {
    UpstreamQueue upstream = upstreams.get(job.upstream());
    if (upstream != null) {
      upstream.remove(job);
      forgetIfIdle(upstream);
    }
    jobs.remove(job.key());
    depth.merge(job.urgency(), -1, Integer::sum);
  }

  private void forgetIfIdle(UpstreamQueue upstream) {
    if (upstream.size() == 0 && upstream.running() == 0) {
      upstreams.remove(upstream.name());
      turns.remove(upstream);
    }
  }

  /** Of the upstream with most planned work, a job that can wait longer than the newcomer. */
  private @Nullable Job victim(Job newcomer) {
    UpstreamQueue most = null;
    for (UpstreamQueue upstream : turns) {
      if (most == null || upstream.plannedSize() > most.plannedSize()) {
        most = upstream;
      }
    }
    Job candidate = most == null ? null : most.leastUrgent();
    return candidate != null && candidate.order() > newcomer.order() ? candidate : null;
  }
}
