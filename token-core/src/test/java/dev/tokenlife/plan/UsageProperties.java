package dev.tokenlife.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.spi.RefreshPolicy;
import dev.tokenlife.spi.RefreshPolicy.Lifetime;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** What usage may do to a plan, and what it may not. */
class UsageProperties {
  private static final long NOW = 1_893_974_400_000L;
  private static final long HOUR = 3_600_000;
  private static final RefreshPolicy WIDE =
      RefreshPolicy.window(Duration.ofHours(12), Duration.ofHours(2));
  private static final Lifetime DAY = new Lifetime(NOW, NOW + 24 * HOUR);

  /** Busy from one time to another. */
  private static Usage busy(long from, long to) {
    return new Usage() {
      @Override
      public double at(long millis) {
        return 0;
      }

      @Override
      public long busyUntil(long millis) {
        return millis >= from && millis < to ? to : millis;
      }
    };
  }

  private static long planned(Usage usage, long seed) {
    Plan plan = Planner.plan(WIDE, DAY, NOW, null, new Circumstances(Load.NONE, usage, seed));
    assertThat(plan.armed()).isTrue();
    return plan.refreshAt();
  }

  @Property
  void busyHours_areKeptOutOf_wheneverTheWindowHasOthers(
      @ForAll @LongRange(min = 0, max = 24 * HOUR) long from,
      @ForAll @LongRange(min = 1, max = 24 * HOUR) long length,
      @ForAll long seed) {
    long at = planned(busy(NOW + from, NOW + from + length), seed);
    assertThat(at).isBetween(NOW + 12 * HOUR, NOW + 22 * HOUR);
    boolean noneFree = from <= 12 * HOUR && from + length > 22 * HOUR;
    boolean isBusy = at >= NOW + from && at < NOW + from + length;
    assertThat(isBusy && !noneFree).as("busy at %s of %s", at - NOW, length).isFalse();
  }

  @Property
  void whateverTheUsage_aPlanIsLegal(
      @ForAll @LongRange(min = 1_000, max = 40 * HOUR) long life, @ForAll long seed) {
    Usage always = busy(Long.MIN_VALUE, Long.MAX_VALUE);
    Lifetime lifetime = new Lifetime(NOW, NOW + life);
    Plan plan =
        Planner.plan(
            RefreshPolicy.adaptive(),
            lifetime,
            NOW,
            null,
            new Circumstances(Load.NONE, always, seed));
    assertThat(plan.refreshAt()).isBetween(NOW, plan.serveUntil());
  }

  @Test
  void quietHours_getMorePlans_butNeverAll() {
    Usage quietAtFifteen = at -> (at - NOW) / HOUR == 15 ? 0 : 1;
    int quiet = 0;
    for (int seed = 0; seed < 20_000; seed++) {
      quiet += (planned(quietAtFifteen, seed * 7_919L) - NOW) / HOUR == 15 ? 1 : 0;
    }
    // A tenth of the window; four times as likely as the rest of it: 4 of 13.
    assertThat(quiet / 20_000.0).isBetween(0.25, 0.37);
  }

  @Test
  void hardlyAnyFreeTime_isSpread_notMetByAllAtItsFirstMoment() {
    Usage tight = busy(NOW, NOW + 21 * HOUR + HOUR / 2);
    long same = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      long at = planned(tight, seed * 7_919L);
      assertThat(at).isGreaterThanOrEqualTo(NOW + 21 * HOUR + HOUR / 2);
      same += at == NOW + 21 * HOUR + HOUR / 2 ? 1 : 0;
    }
    assertThat(same).isLessThan(10);
  }
}
