package dev.tokenlife.examples.fleet.providers;

/**
 * At most so many calls in any second, wherever it begins. Times are ticker nanoseconds. Safe for
 * use by many threads.
 */
final class RateLimit {
  private static final long SECOND = 1_000_000_000L;

  /** When the last calls that were let in came, oldest next. */
  private final long[] letIn;

  private int next;
  private int known;

  /** A limit of so many calls a second; none at all for 0. */
  RateLimit(int perSecond) {
    this.letIn = new long[perSecond];
  }

  /** Returns whether one more call is within the limit; only such a one counts. */
  synchronized boolean allows(long now) {
    if (letIn.length == 0) {
      return true;
    }
    if (known == letIn.length && now - letIn[next] < SECOND) {
      return false;
    }
    letIn[next] = now;
    next = (next + 1) % letIn.length;
    known = Math.min(letIn.length, known + 1);
    return true;
  }
}
