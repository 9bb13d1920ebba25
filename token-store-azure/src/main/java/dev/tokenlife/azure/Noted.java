package dev.tokenlife.azure;

import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which notes this process wrote a moment ago and need not write again. A note is trusted for
 * {@link #RENEWED}, so that one that nobody renewed for twice as long is relied on by nobody.
 * Bounded; safe for use by many threads.
 */
final class Noted {
  static final Duration RENEWED = Duration.ofHours(1);

  private static final int REMEMBERED = 10_000;

  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Long> noted = new HashMap<>();

  Noted(TimeSource time) {
    this.time = time;
  }

  /** Runs {@code write} unless it was done for this name within the hour. */
  void once(String name, Runnable write) {
    if (isRecent(name)) {
      return;
    }
    long now = time.nanos();
    write.run();
    lock.lock();
    try {
      if (noted.size() >= REMEMBERED) {
        noted.clear();
      }
      noted.put(name, now);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns whether no process can be relying on a note that was written then, on the service's
   * clock, epoch milliseconds. An hour is left for clocks that differ.
   */
  boolean isQuiet(long notedAt) {
    return notedAt < time.wallMillis() - 2 * RENEWED.toMillis();
  }

  private boolean isRecent(String name) {
    lock.lock();
    try {
      Long at = noted.get(name);
      return at != null && time.nanos() - at < RENEWED.toNanos();
    } finally {
      lock.unlock();
    }
  }
}
