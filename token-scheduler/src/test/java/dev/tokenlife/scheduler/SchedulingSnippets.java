package dev.tokenlife.scheduler;

import dev.tokenlife.Tokens;
import dev.tokenlife.spi.RefreshPolicy;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.spi.UsageRules;
import dev.tokenlife.spi.WeeklyHours;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/** The code of docs/scheduling.md, compiled. */
final class SchedulingSnippets {
  private SchedulingSnippets() {}

  static Tokens scheduled(TokenSource source, TokenStore store) {
    Tokens tokens =
        Tokens.builder()
            .source(source)
            .engine(ScheduledEngine.create())
            .store(store)
            .policy(RefreshPolicy.adaptive())
            .build();
    return tokens;
  }

  static UsageRules usage(Set<DayOfWeek> weekdays, ZoneId zone) {
    UsageRules rules =
        UsageRules.DEFAULT
            .busy(new WeeklyHours(weekdays, LocalTime.of(9, 0), LocalTime.of(17, 0), zone))
            .quiet(new WeeklyHours(weekdays, LocalTime.of(1, 0), LocalTime.of(4, 0), zone));
    return rules;
  }

  static void named(ScheduledEngine engine, Instant expiresAt) {
    engine.schedule("price list", expiresAt, () -> loadPrices());
  }

  private static Instant loadPrices() {
    return Instant.MAX;
  }
}
