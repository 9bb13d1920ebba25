package dev.tokenlife.scheduler.queue;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The upstreams that have something waiting or running: they take turns, the closed are parked. */
final class Upstreams {
  private final Map<String, UpstreamQueue> all = new HashMap<>();
  private final Deque<UpstreamQueue> turns = new ArrayDeque<>();
  private final int permits;
  private final int reserved;

  Upstreams(int permits, int reserved) {
    this.permits = permits;
    this.reserved = reserved;
  }

  @Nullable UpstreamQueue find(String name) {
    return all.get(name);
  }

  UpstreamQueue obtain(String name) {
    UpstreamQueue known = all.get(name);
    if (known != null) {
      return known;
    }
    UpstreamQueue made = new UpstreamQueue(name, permits, reserved);
    all.put(name, made);
    turns.addLast(made);
    return made;
  }

  /**
   * Takes a job of the first upstream in turn that is open and has a permit for one, or a caller of
   * a closed one, to be refused.
   */
  @Nullable Job take(long now, long nanos, ToLongFunction<String> closedFor) {
    for (int i = turns.size(); i > 0; i--) {
      UpstreamQueue upstream = turns.removeFirst();
      turns.addLast(upstream);
      boolean open = upstream.isOpen(nanos, closedFor);
      Job job = open ? upstream.take(now) : upstream.takeToRefuse(now, nanos);
      if (job != null) {
        return job;
      }
    }
    return null;
  }

  /** Returns in how many nanoseconds the first parked one opens; the largest number if none is. */
  long opensIn(long nanos) {
    long first = Long.MAX_VALUE;
    for (UpstreamQueue upstream : turns) {
      if (upstream.size() > 0) {
        first = Math.min(first, upstream.opensIn(nanos));
      }
    }
    return first;
  }

  /** Returns the one with most planned work; null if there is none at all. */
  @Nullable UpstreamQueue mostPlanned() {
    UpstreamQueue most = null;
    for (UpstreamQueue upstream : turns) {
      if (most == null || upstream.plannedSize() > most.plannedSize()) {
        most = upstream;
      }
    }
    return most;
  }

  void forgetIfIdle(UpstreamQueue upstream) {
    if (upstream.size() == 0 && upstream.running() == 0) {
      all.remove(upstream.name());
      turns.remove(upstream);
    }
  }

  Collection<UpstreamQueue> all() {
    return all.values();
  }
}
