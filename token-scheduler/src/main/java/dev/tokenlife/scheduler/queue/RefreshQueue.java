package dev.tokenlife.scheduler.queue;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Progress;
import java.time.Instant;
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
  private final Map<Urgency, Integer> depth = new EnumMap<>(Urgency.class);
  private final Upstreams upstreams;
  private final int capacity;

  /**
   * An empty queue.
   *
   * @param capacity the most jobs
   * @param permits the most calls to one upstream at a time
   * @param reserved how many of them are kept for planned work
   */
  public RefreshQueue(int capacity, int permits, int reserved) {
    this.capacity = capacity;
    this.upstreams = new Upstreams(permits, reserved);
  }

  /** Adds a job, or promotes the one its chain has; never demotes it. */
  public Offer offer(Job job) {
    lock.lock();
    try {
      Job known = jobs.putIfAbsent(job.key(), job);
      if (known != null) {
        promote(known, job);
        return new Offer.Known();
      }
      Job shed = null;
      if (jobs.size() > capacity) {
        shed = victim(job);
        if (shed == null) {
          jobs.remove(job.key());
          return new Offer.Full();
        }
        drop(shed);
      }
      upstreams.obtain(job.upstream()).add(job);
      depth.merge(job.urgency(), 1, Integer::sum);
      return shed == null ? new Offer.Queued() : new Offer.Displaced(shed);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the next job whose upstream has a permit and is open; its permit is held until {@link
   * #ended}.
   *
   * @param now epoch milliseconds
   * @param nanos the ticker, for parked upstreams
   * @param closedFor how long an upstream is closed, in nanoseconds; such a one is parked that long
   */
  public @Nullable Job take(long now, long nanos, ToLongFunction<String> closedFor) {
    lock.lock();
    try {
      Job job = upstreams.take(now, nanos, closedFor);
      if (job != null) {
        jobs.remove(job.key());
        depth.merge(job.urgency(), -1, Integer::sum);
      }
      return job;
    } finally {
      lock.unlock();
    }
  }

  /** Gives a job's permit back. */
  public void ended(Job job) {
    lock.lock();
    try {
      UpstreamQueue upstream = upstreams.find(job.upstream());
      if (upstream != null) {
        upstream.ended(job);
        upstreams.forgetIfIdle(upstream);
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
      if (job != null) {
        drop(job);
      }
      return job != null;
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
      return upstreams.opensIn(nanos);
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

  /**
   * Says for people how a chain waits; empty if it does not.
   *
   * @param now epoch milliseconds
   * @param nanos the ticker
   */
  public String explain(ChainKey key, long now, long nanos) {
    lock.lock();
    try {
      Job job = jobs.get(key);
      UpstreamQueue upstream = job == null ? null : upstreams.find(job.upstream());
      if (job == null || upstream == null) {
        return "";
      }
      return String.format(
          "queued as %s since %s (%d s), %s",
          job.urgency(),
          Instant.ofEpochMilli(job.enqueuedAt()),
          Math.max(0, now - job.enqueuedAt()) / 1_000,
          upstream.explain(nanos));
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
      upstreams.all().forEach(upstream -> each.put(upstream.name(), upstream.status()));
      status.put("upstreams", each);
      return status;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how far the upstreams that were down have worked off what piled up meanwhile. */
  public Map<String, Progress> recoveries(long nanos) {
    lock.lock();
    try {
      Map<String, Progress> all = new LinkedHashMap<>();
      for (UpstreamQueue upstream : upstreams.all()) {
        Progress progress = upstream.recovery(nanos);
        if (progress != null) {
          all.put(upstream.name(), progress);
        }
      }
      return all;
    } finally {
      lock.unlock();
    }
  }

  private void promote(Job known, Job wanted) {
    UpstreamQueue upstream = upstreams.find(known.upstream());
    if (upstream == null) {
      return;
    }
    upstream.remove(known);
    depth.merge(known.urgency(), -1, Integer::sum);
    known.promote(wanted.urgency(), wanted.order());
    upstream.add(known);
    depth.merge(known.urgency(), 1, Integer::sum);
  }

  private void drop(Job job) {
    UpstreamQueue upstream = upstreams.find(job.upstream());
    if (upstream != null) {
      upstream.remove(job);
      upstreams.forgetIfIdle(upstream);
    }
    jobs.remove(job.key());
    depth.merge(job.urgency(), -1, Integer::sum);
  }

  /** Of the upstream with most planned work, a job that can wait longer than the newcomer. */
  private @Nullable Job victim(Job newcomer) {
    UpstreamQueue most = upstreams.mostPlanned();
    Job candidate = most == null ? null : most.leastUrgent();
    return candidate != null && candidate.order() > newcomer.order() ? candidate : null;
  }
}
