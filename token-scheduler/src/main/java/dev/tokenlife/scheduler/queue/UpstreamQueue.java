package dev.tokenlife.scheduler.queue;

import org.jspecify.annotations.Nullable;

/**
 * What waits for one upstream, and how many calls to it are under way. Some of its permits are kept
 * for planned work, so that a flood of callers cannot stop it.
 */
final class UpstreamQueue {
  private final String name;
  private final int permits;
  private final int reserved;
  private final Lane callers = new Lane();
  private final Lane planned = new Lane();
  private int running;
  private int runningCallers;
  long parkedUntilNanos;
  boolean parked;

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

  /** Takes the next job that a permit is free for; null if there is none. */
  @Nullable Job take(long now) {
    if (running >= permits) {
      return null;
    }
    boolean callersMay = planned.size() == 0 || runningCallers < permits - reserved;
    Job job = callersMay ? callers.take(now) : null;
    return started(job == null ? planned.take(now) : job);
  }

  /** Takes the next caller only, if there is a permit; null if there is none. */
  @Nullable Job takeCaller(long now) {
    return running < permits ? started(callers.take(now)) : null;
  }

  private @Nullable Job started(@Nullable Job job) {
    if (job != null) {
      running++;
      if (job.urgency() == Urgency.BLOCKED) {
        runningCallers++;
      }
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
