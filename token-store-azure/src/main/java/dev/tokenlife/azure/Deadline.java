package dev.tokenlife.azure;

import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What is left of one operation's time; every attempt, pause and read-back takes from it. */
final class Deadline {
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(50);

  private final TimeSource time;
  private final Duration perRequest;
  private final long end;

  /** Starts now. */
  Deadline(TimeSource time, Duration overall, Duration perRequest) {
    this.time = time;
    this.perRequest = perRequest;
    this.end = time.nanos() + overall.toNanos();
  }

  Duration remaining() {
    return Duration.ofNanos(Math.max(0, end - time.nanos()));
  }

  /** Returns how long a request that changes nothing may wait for its answer. */
  Duration forRead() {
    return bounded(remaining());
  }

  /** Returns the same for a write, which must leave time to read back what became of it. */
  Duration forWrite() {
    return bounded(remaining().dividedBy(2));
  }

  /**
   * Waits before the next try, with jitter, or as long as the service asks.
   *
   * @return false if there is no time for another try; nothing was waited for then
   * @throws InterruptedException at once, the flag not restored
   */
  boolean pause(int tries, @Nullable Duration asked) throws InterruptedException {
    Duration pause = asked == null ? backoff(tries) : asked.plusMillis(jitter(FIRST_PAUSE_MILLIS));
    if (pause.plus(SHORTEST_WAIT).compareTo(remaining()) > 0) {
      return false;
    }
    time.sleep(pause);
    return true;
  }

  private static Duration backoff(int tries) {
    long most = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(tries, 10));
    return Duration.ofMillis(most / 4 + jitter(most - most / 4));
  }

  private static long jitter(long most) {
    return ThreadLocalRandom.current().nextLong(most + 1);
  }

  private Duration bounded(Duration left) {
    Duration most = left.compareTo(perRequest) < 0 ? left : perRequest;
    return most.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : most;
  }
}
