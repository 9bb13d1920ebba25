package dev.tokenlife.scheduler.queue;

/** What became of a job that was offered to the queue. */
public sealed interface Offer {
  /** It waits now. */
  record Queued() implements Offer {}

  /** Its chain waited already; it may have been promoted. */
  record Known() implements Offer {}

  /** It waits now, and this one, which can wait longest, had to go. */
  record Displaced(Job shed) implements Offer {}

  /** There is no room, and nothing less urgent to displace. */
  record Full() implements Offer {}
}
