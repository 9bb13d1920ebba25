package dev.tokenlife.memory;

import dev.tokenlife.time.TimeSource;
import java.time.Duration;

/** Settings of a {@link MemoryTokenStore}. Not thread-safe. */
public final class MemoryStoreBuilder {
  private static final Duration LONGEST = Duration.ofDays(3650);

  long maxLiveChains = 1_000_000;
  Duration retention = Duration.ofHours(1);
  TimeSource time = TimeSource.system();

  MemoryStoreBuilder() {}

  /**
   * Limits the chains that are not over; 1 000 000 by default. A million fetched chains take about
   * 0.6 GB. Only new chains are refused: one that comes back by a new sign-in is let in.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public MemoryStoreBuilder maxLiveChains(long limit) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "a store needs room for at least one live chain, not " + limit);
    }
    maxLiveChains = limit;
    return this;
  }

  /**
   * Says how long a chain stays after it is over, so that late callers are told so; one hour by
   * default, at most ten years. It stays longer while a token it issued has not expired.
   *
   * @throws IllegalArgumentException if it is negative or longer than ten years
   */
  public MemoryStoreBuilder retention(Duration atLeast) {
    if (atLeast.isNegative() || atLeast.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "chains that are over stay for zero to 3650 days, not " + atLeast);
    }
    retention = atLeast;
    return this;
  }

  /** Uses these clocks and timers; the system's by default. */
  public MemoryStoreBuilder time(TimeSource source) {
    time = source;
    return this;
  }

  /** Returns the store; a builder can be used again. */
  public MemoryTokenStore build() {
    return new MemoryTokenStore(this);
  }
}
