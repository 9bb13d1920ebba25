package dev.tokenlife.scheduler.queue;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A queue of refreshes as a benchmark drives it. */
interface QueuePeer {
  void offer(Job job);

  /** A caller waits for a job that is in the queue. */
  void promote(Job waiting);

  @Nullable Job take(long now);

  void ended(Job job);

  static QueuePeer create(String name, int capacity) {
    return name.equals("jdk") ? new Jdk() : new Ours(new RefreshQueue(capacity, 64, 4));
  }

  /** The queue of the library. */
  record Ours(RefreshQueue queue) implements QueuePeer {
    @Override
    public void offer(Job job) {
      queue.offer(job);
    }

    @Override
    public void promote(Job waiting) {
      queue.offer(
          new Job(
              waiting.key(),
              waiting.upstream(),
              waiting.enqueuedAt(),
              Urgency.BLOCKED,
              Long.MAX_VALUE));
    }

    @Override
    public @Nullable Job take(long now) {
      return queue.take(now, 0, upstream -> 0);
    }

    @Override
    public void ended(Job job) {
      queue.ended(job);
    }
  }

  /** A binary heap under a lock; it cannot move an element, so a caller is a second entry. */
  final class Jdk implements QueuePeer {
    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Job> jobs =
        new PriorityQueue<>(Comparator.comparingLong(Job::order));

    @Override
    public void offer(Job job) {
      lock.lock();
      try {
        jobs.add(job);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void promote(Job waiting) {
      offer(new Job(waiting.key(), waiting.upstream(), waiting.enqueuedAt(), Urgency.BLOCKED, 0));
    }

    @Override
    public @Nullable Job take(long now) {
      lock.lock();
      try {
        return jobs.poll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void ended(Job job) {
      // It has no permits.
    }
  }
}
