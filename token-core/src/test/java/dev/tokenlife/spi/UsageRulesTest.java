package dev.tokenlife.spi;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UsageRulesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static long at(String local) {
    return ZonedDateTime.parse(local + "+00:00[UTC]")
        .withZoneSameLocal(BERLIN)
        .toInstant()
        .toEpochMilli();
  }

  private static WeeklyHours hours(int from, int to) {
    return new WeeklyHours(
        Set.of(MONDAY, FRIDAY), LocalTime.of(from, 0), LocalTime.of(to, 0), BERLIN);
  }

  @Test
  void hours_areThoseOfTheirZone_theEndNotIncluded() {
    WeeklyHours office = hours(9, 17);
    assertThat(office.contains(at("2030-01-07T08:59:59"))).isFalse();
    assertThat(office.endsAt(at("2030-01-07T09:00:00"))).isEqualTo(at("2030-01-07T17:00:00"));
    assertThat(office.contains(at("2030-01-07T17:00:00"))).isFalse();
    assertThat(office.contains(at("2030-01-08T12:00:00"))).as("a Tuesday").isFalse();
  }

  @Test
  void hoursOverMidnight_belongToTheDayTheyBeginOn() {
    WeeklyHours night = hours(22, 4);
    assertThat(night.endsAt(at("2030-01-07T23:00:00"))).isEqualTo(at("2030-01-08T04:00:00"));
    assertThat(night.endsAt(at("2030-01-08T03:00:00"))).isEqualTo(at("2030-01-08T04:00:00"));
    assertThat(night.contains(at("2030-01-07T03:00:00"))).as("Sunday's night").isFalse();
  }

  @Test
  void nonsense_isRefusedByName() {
    assertThatThrownBy(() -> new WeeklyHours(Set.of(), LocalTime.NOON, LocalTime.NOON, BERLIN))
        .hasMessageContaining("days");
    assertThatThrownBy(() -> UsageRules.DEFAULT.gap(Duration.ofSeconds(-1)))
        .hasMessageContaining("gap");
    assertThat(UsageRules.DEFAULT.busy(hours(9, 17)).quiet(hours(2, 4)).busy()).hasSize(1);
  }
}
