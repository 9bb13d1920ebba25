package dev.tokenlife.spi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How the way chains are read has a say in when they are refreshed, always within the window of the
 * {@link RefreshPolicy}: what uses it best is a long-lived token with a wide window.
 *
 * @param habits whether to learn for each chain in which hours of the week it is read, about 150
 *     bytes a chain; as fine as the lifetime of its tokens, for the marks are looked at once for
 *     each
 * @param gap how long nobody must have read a chain before it is refreshed, while its window lasts;
 *     zero for at once
 * @param busy hours to keep refreshes out of, unless a window lies in them as a whole
 * @param quiet hours that suit refreshes well: taken more often, never by all
 */
public record UsageRules(
    boolean habits, Duration gap, List<WeeklyHours> busy, List<WeeklyHours> quiet) {
  /** Nothing is learned or waited for. */
  public static final UsageRules OFF = new UsageRules(false, Duration.ZERO, List.of(), List.of());

  /** Habits, and a gap of 30 s. */
  public static final UsageRules DEFAULT =
      new UsageRules(true, Duration.ofSeconds(30), List.of(), List.of());

  /** Copies the lists; refuses a negative gap. */
  public UsageRules {
    busy = List.copyOf(busy);
    quiet = List.copyOf(quiet);
    if (gap.isNegative()) {
      throw new IllegalArgumentException("gap must not be negative, got " + gap);
    }
  }

  /** The same with another gap. */
  public UsageRules gap(Duration length) {
    return new UsageRules(habits, length, busy, quiet);
  }

  /** The same with more hours to keep out of. */
  public UsageRules busy(WeeklyHours more) {
    return new UsageRules(habits, gap, with(busy, more), quiet);
  }

  /** The same with more hours that suit. */
  public UsageRules quiet(WeeklyHours more) {
    return new UsageRules(habits, gap, busy, with(quiet, more));
  }

  private static List<WeeklyHours> with(List<WeeklyHours> known, WeeklyHours more) {
    List<WeeklyHours> all = new ArrayList<>(known);
    all.add(more);
    return all;
  }
}
