package dev.tokenlife.crypto;

import dev.tokenlife.time.ProcessClock;
import dev.tokenlife.time.TimeSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock at the price of a wall-clock read that never goes back: what it called expired once stays
 * so. {@link ProcessClock#readNow} alone may miss a short step back.
 */
final class SteadyClock {
  private final ProcessClock clock;
  private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);

  SteadyClock(TimeSource time) {
    clock = new ProcessClock(time);
  }

  /** Returns epoch milliseconds. */
  long now() {
    long now = clock.readNow();
    long seen = latest.get();
    if (now == seen) {
      return now;
    }
    // Behind what was seen: let the process clock notice the step and carry the time on.
    long next = now > seen ? now : clock.now();
    return latest.accumulateAndGet(next, Math::max);
  }
}
