package dev.tokenlife.scheduler.guard;

/**
 * A rate limit that spreads what it refuses: who comes too early is told a time of its own, one
 * behind the other, so that the refused do not all come back together. Times are ticker
 * nanoseconds. Not safe for use by many threads.
 */
final class Pace {
  private static final long SECOND = 1_000_000_000L;

  private long freeAt;
  private long promisedAt;
  private boolean started;

  /** Takes a permit at this rate; returns 0, or how long to wait, in nanoseconds. */
  long take(double perSecond, long now) {
    if (!started) {
      started = true;
      freeAt = now;
      promisedAt = now;
    }
    long step = (long) (SECOND / Math.max(perSecond, 1e-6));
    // A tenth of a second may be made up for: no more, or a quiet spell would end in a burst.
    freeAt = Math.max(freeAt, now - SECOND / 10);
    if (freeAt - now <= 0) {
      freeAt += step;
      return 0;
    }
    promisedAt = Math.max(promisedAt, freeAt) + step;
    long wait = promisedAt - now;
    if (wait > 60 * SECOND) {
      promisedAt = freeAt;
      wait = 60 * SECOND;
    }
    return wait;
  }

  /** Returns how long until a permit is free, in nanoseconds. */
  long waiting(long now) {
    return started ? Math.max(0, freeAt - now) : 0;
  }
}
