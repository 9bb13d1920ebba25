package dev.tokenlife.scheduler.queue;

import dev.tokenlife.model.ChainKey;

/** One chain that waits for its refresh. */
public final class Job extends IndexedHeap.Node {
  private final ChainKey key;
  private final String upstream;
  private final long enqueuedAt;
  private Urgency urgency;
  private long latestStart;

  /**
   * A job.
   *
   * @param enqueuedAt epoch milliseconds
   * @param latestStart after this it would come too late for its token, epoch milliseconds
   */
  public Job(ChainKey key, String upstream, long enqueuedAt, Urgency urgency, long latestStart) {
    this.key = key;
    this.upstream = upstream;
    this.enqueuedAt = enqueuedAt;
    this.urgency = urgency;
    this.latestStart = latestStart;
  }

  /** Returns the chain. */
  public ChainKey key() {
    return key;
  }

  /** Returns its upstream. */
  public String upstream() {
    return upstream;
  }

  /** Returns who shares its upstream's fairness. */
  public String tenant() {
    return key.partition();
  }

  /** Returns its class. */
  public Urgency urgency() {
    return urgency;
  }

  /** Returns when it was enqueued, epoch milliseconds. */
  public long enqueuedAt() {
    return enqueuedAt;
  }

  /**
   * Returns the one number that orders all jobs, the smaller the sooner: the latest start its token
   * allows, or the time its class has waited long enough, whichever comes first.
   */
  long order() {
    return Math.min(latestStart, enqueuedAt + urgency.slackMillis());
  }

  /** Makes it more urgent; never less. */
  void promote(Urgency to, long start) {
    if (to.compareTo(urgency) < 0) {
      urgency = to;
    }
    latestStart = Math.min(latestStart, start);
  }
}
