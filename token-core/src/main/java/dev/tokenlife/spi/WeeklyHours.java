package dev.tokenlife.spi;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * Hours that come back every week.
 *
 * @param days the days they begin on
 * @param from when they begin
 * @param to when they end, exclusive; on the next day if it is not after {@code from}
 * @param zone where this is so
 */
public record WeeklyHours(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
  /** Copies the days; refuses none. */
  public WeeklyHours {
    days = Set.copyOf(days);
    if (days.isEmpty()) {
      throw new IllegalArgumentException("hours need a day of the week to begin on, days is empty");
    }
  }

  /** Returns until when they last if they contain this time, else the time itself (epoch ms). */
  public long endsAt(long millis) {
    ZonedDateTime at = Instant.ofEpochMilli(millis).atZone(zone);
    for (int daysAgo = 0; daysAgo <= 1; daysAgo++) {
      ZonedDateTime day = at.minusDays(daysAgo);
      if (days.contains(day.getDayOfWeek())) {
        ZonedDateTime begin = day.with(from);
        ZonedDateTime end = to.isAfter(from) ? day.with(to) : day.plusDays(1).with(to);
        if (!at.isBefore(begin) && at.isBefore(end)) {
          return end.toInstant().toEpochMilli();
        }
      }
    }
    return millis;
  }

  /** Returns whether they contain this time, epoch milliseconds. */
  public boolean contains(long millis) {
    return endsAt(millis) > millis;
  }
}
