package dev.tokenlife.reseal;

import dev.tokenlife.time.TimeSource;
import java.time.Duration;

/** Lets so many things happen a second; what was not used is not saved up. */
final class Pace {
  private static final long SECOND = 1_000_000_000;

  /** No thread sleeps shorter than this; the next turn is that much later. */
  private static final long SHORTEST_SLEEP = 1_000_000;

  private final TimeSource time;
  private final long gap;
  private long next;

  Pace(TimeSource time, int perSecond) {
    if (perSecond < 1) {
      throw new IllegalArgumentException(
          "perSecond is " + perSecond + ": it must be at least 1, or nothing is ever done");
    }
    this.time = time;
    this.gap = SECOND / perSecond;
    this.next = time.nanos();
  }

  /** Waits for the next turn. */
  void await() throws InterruptedException {
    long wait = next - time.nanos();
    if (wait >= SHORTEST_SLEEP) {
      time.sleep(Duration.ofNanos(wait));
    }
    next = Math.max(next, time.nanos()) + gap;
  }
}
