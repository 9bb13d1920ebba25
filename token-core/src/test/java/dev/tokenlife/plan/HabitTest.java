package dev.tokenlife.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A chain's habit: in which hours of the week it is read. */
class HabitTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final long WEEK = 7 * DAY;

  /** A Monday, midnight in UTC. */
  private static final long MONDAY = 1_893_974_400_000L;

  private final Habit habit = new Habit(MONDAY);

  /** Looks every 40 minutes for a week: the chain is read from nine to five on weekdays. */
  private void office(int week) {
    long from = MONDAY + week * WEEK;
    for (long at = from + 40 * 60_000; at <= from + WEEK; at += 40 * 60_000) {
      long hour = (at - 20 * 60_000) % DAY / HOUR;
      boolean works = hour >= 9 && hour < 17 && (at - from) / DAY < 5;
      habit.observe(at, works);
    }
  }

  @Test
  void nothingIsExpected_beforeAnythingWasSeen() {
    assertThat(habit.expects(MONDAY + 10 * HOUR)).isFalse();
    assertThat(habit.next(MONDAY)).isEqualTo(Long.MAX_VALUE);
    assertThat(habit.share(MONDAY)).isZero();
  }

  @Test
  void whatWasReadLastWeek_isExpectedThisWeek_atTheSameHour() {
    office(0);
    long tuesday = MONDAY + WEEK + DAY;
    assertThat(habit.expects(tuesday + 10 * HOUR)).isTrue();
    assertThat(habit.expects(tuesday + 3 * HOUR)).isFalse();
    assertThat(habit.next(tuesday + 17 * HOUR + HOUR / 2)).isEqualTo(tuesday + DAY + 9 * HOUR);
    long friday = MONDAY + WEEK + 4 * DAY;
    assertThat(habit.next(friday + 20 * HOUR)).isEqualTo(MONDAY + 2 * WEEK + 9 * HOUR);
    assertThat(habit.next(tuesday + 10 * HOUR + 7)).isEqualTo(tuesday + 10 * HOUR + 7);
  }

  @Test
  void oneWeekAway_doesNotEndAHabitOfWeeks_butTwoDo() {
    office(0);
    office(1);
    office(2);
    quiet(3);
    assertThat(habit.expects(MONDAY + 10 * HOUR)).isTrue();
    quiet(4);
    assertThat(habit.expects(MONDAY + 10 * HOUR)).isFalse();
  }

  private void quiet(int week) {
    long from = MONDAY + week * WEEK;
    for (long at = from + HOUR; at <= from + WEEK; at += HOUR) {
      habit.observe(at, false);
    }
  }

  @Test
  void anHour_countsAsRead_ifItWasAtAnyTime() {
    habit.observe(MONDAY + 20 * 60_000, true);
    habit.observe(MONDAY + 40 * 60_000, false);
    habit.observe(MONDAY + 59 * 60_000, false);
    habit.observe(MONDAY + 3 * HOUR, false);
    assertThat(habit.expects(MONDAY + WEEK)).isTrue();
  }

  @Test
  void theHoursOfItsSleep_wereNotRead_onlyTheOneThatEndedIt() {
    office(0);
    habit.observe(MONDAY + WEEK, false);
    habit.sleep();
    long woken = MONDAY + WEEK + 2 * DAY + 12 * HOUR;
    habit.observe(woken, true);
    habit.observe(woken + HOUR, false);
    assertThat(habit.expects(woken + WEEK)).isTrue();
    assertThat(habit.share(MONDAY + 10 * HOUR)).isLessThan(habit.share(woken));
  }

  @Test
  void shortSpans_areLookedAtTogether() {
    for (long at = MONDAY + 60_000; at < MONDAY + HOUR; at += 60_000) {
      habit.observe(at, at == MONDAY + 5 * 60_000);
    }
    habit.observe(MONDAY + 2 * HOUR, false);
    assertThat(habit.expects(MONDAY + WEEK)).isTrue();
  }

  @Test
  void longSpans_countForAllTheirHours() {
    habit.observe(MONDAY + 8 * HOUR, true);
    habit.observe(MONDAY + 20 * HOUR, false);
    for (int hour = 0; hour < 8; hour++) {
      assertThat(habit.expects(MONDAY + WEEK + hour * HOUR)).as("hour %s", hour).isTrue();
    }
    assertThat(habit.expects(MONDAY + WEEK + 9 * HOUR)).isFalse();
  }
}
