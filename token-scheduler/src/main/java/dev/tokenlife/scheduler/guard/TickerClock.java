package dev.tokenlife.scheduler.guard;

import dev.tokenlife.time.TimeSource;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The ticker as a clock: the breaker's waiting must not end early because the wall clock stepped.
 */
final class TickerClock extends Clock {
  private final TimeSource time;

  TickerClock(TimeSource time) {
    this.time = time;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(time.nanos());
  }
}
