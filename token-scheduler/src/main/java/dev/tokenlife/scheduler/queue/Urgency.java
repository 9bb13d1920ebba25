package dev.tokenlife.scheduler.queue;

/** Why a refresh is wanted; the more urgent, the less it may wait behind others. */
public enum Urgency {
  /** A caller waits. */
  BLOCKED(0),
  /** The token is about to expire, and somebody reads it. */
  URGENT(1_000),
  /** Ahead of time. */
  AHEAD(60_000),
  /** Ahead of time, and nobody has read it lately. */
  IDLE(600_000);

  private final long slackMillis;

  Urgency(long slackMillis) {
    this.slackMillis = slackMillis;
  }

  /** Returns for how long a refresh of this class gives way to others, in milliseconds. */
  public long slackMillis() {
    return slackMillis;
  }
}
