package dev.tokenlife.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.spi.RefreshPolicy;
import dev.tokenlife.spi.RefreshPolicy.Lifetime;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

/** What every plan obeys, whatever the token, the server's hint, the policy and the clock. */
class PlannerProperties {
  private static final long NOW = 1_900_000_000_000L;
  private static final long SECOND = 1_000;
  private static final long YEAR = 365L * 24 * 3_600 * SECOND;

  @Property
  void aPlan_isNeverInThePast_norAtOrAfterTheHardStop(
      @ForAll("policies") RefreshPolicy policy,
      @ForAll @LongRange(min = SECOND, max = YEAR) long life,
      @ForAll @LongRange(min = -YEAR, max = YEAR) long clockOff,
      @ForAll("hints") @Nullable Duration hint,
      @ForAll long seed) {
    Lifetime lifetime = new Lifetime(NOW, NOW + life);
    long now = NOW + clockOff;
    Plan plan = Planner.plan(policy, lifetime, now, hint, Load.NONE, seed);
    assertThat(plan.serveUntil()).isLessThanOrEqualTo(lifetime.expiresAt());
    assertThat(plan.refreshAt()).isGreaterThanOrEqualTo(Math.min(now, plan.serveUntil()));
    if (plan.armed()) {
      assertThat(plan.refreshAt()).isGreaterThanOrEqualTo(now).isLessThan(plan.serveUntil());
    }
    if (now >= plan.serveUntil()) {
      assertThat(plan.armed()).as("armed although it may not be served").isFalse();
    }
  }

  @Property
  void theMinimumPeriod_isKept_exceptBeforeTheHardStop(
      @ForAll("policies") RefreshPolicy policy,
      @ForAll @LongRange(min = SECOND, max = YEAR) long life,
      @ForAll("hints") @Nullable Duration hint,
      @ForAll long seed) {
    Lifetime lifetime = new Lifetime(NOW, NOW + life);
    Plan plan = Planner.plan(policy, lifetime, NOW, hint, Load.NONE, seed);
    long period = Math.min(60 * SECOND, life / 4);
    assertThat(plan.refreshAt())
        .isGreaterThanOrEqualTo(Math.min(NOW + period, plan.serveUntil() - 1));
  }

  @Property
  void theSameSeed_givesTheSamePlan(
      @ForAll("policies") RefreshPolicy policy,
      @ForAll @LongRange(min = SECOND, max = YEAR) long life,
      @ForAll long seed) {
    Lifetime lifetime = new Lifetime(NOW, NOW + life);
    assertThat(Planner.plan(policy, lifetime, NOW, null, Load.NONE, seed))
        .isEqualTo(Planner.plan(policy, lifetime, NOW, null, Load.NONE, seed));
  }

  @Property
  void anyLifetime_evenAnAbsurdOne_hasAPlan(
      @ForAll("policies") RefreshPolicy policy,
      @ForAll("times") long issuedAt,
      @ForAll("times") long expiresAt,
      @ForAll("times") long now,
      @ForAll("hints") @Nullable Duration hint) {
    Lifetime lifetime = new Lifetime(issuedAt, expiresAt);
    Plan plan = Planner.plan(policy, lifetime, now, hint, Load.NONE, 7);
    assertThat(plan.armed()).isIn(plan.refreshAt() < plan.serveUntil(), false);
  }

  @Property
  void theServersHint_wins_whenItIsLegal(
      @ForAll("policies") RefreshPolicy policy,
      @ForAll @LongRange(min = 60 * SECOND, max = YEAR) long life,
      @ForAll @LongRange(min = 26, max = 70) long percent) {
    Lifetime lifetime = new Lifetime(NOW, NOW + life);
    long hint = life * percent / 100;
    Plan plan = Planner.plan(policy, lifetime, NOW, Duration.ofMillis(hint), Load.NONE, 1);
    assertThat(plan.refreshAt()).isEqualTo(NOW + hint);
    assertThat(plan.armed()).isTrue();
  }

  @Property(tries = 200)
  void hintsOfCrowdedSeconds_areSpreadBehindTheHint(@ForAll long seed) {
    Lifetime lifetime = new Lifetime(NOW, NOW + 3_600 * SECOND);
    Load crowdedHint = at -> at / SECOND == (NOW + 1_800 * SECOND) / SECOND ? 100 : 0;
    Plan plan =
        Planner.plan(
            RefreshPolicy.adaptive(), lifetime, NOW, Duration.ofMinutes(30), crowdedHint, seed);
    assertThat(plan.refreshAt())
        .isGreaterThan(NOW + 1_800 * SECOND)
        .isLessThan(NOW + 1_800 * SECOND + (plan.serveUntil() - NOW - 1_800 * SECOND) / 4);
  }

  @Property(tries = 200)
  void adaptive_landsTwentyToFifteenMinutesBeforeExpiry_forLongLifetimes(
      @ForAll @LongRange(min = 2_400 * SECOND, max = YEAR) long life, @ForAll long seed) {
    Lifetime lifetime = new Lifetime(NOW, NOW + life);
    Plan plan = Planner.plan(RefreshPolicy.adaptive(), lifetime, NOW, null, new SecondLoad(), seed);
    long ahead = lifetime.expiresAt() - plan.refreshAt();
    assertThat(ahead).isBetween(15 * 60 * SECOND, 20 * 60 * SECOND);
  }

  @Property(tries = 200)
  void adaptive_landsInTheFirstQuarterOfItsWindow_forShortLifetimes(
      @ForAll @LongRange(min = SECOND, max = 2_400 * SECOND) long life, @ForAll long seed) {
    Lifetime lifetime = new Lifetime(NOW, NOW + life);
    Plan plan = Planner.plan(RefreshPolicy.adaptive(), lifetime, NOW, null, new SecondLoad(), seed);
    assertThat(plan.refreshAt()).isBetween(NOW + life / 2, NOW + life / 2 + life / 8 + 1);
  }

  @Provide
  Arbitrary<RefreshPolicy> policies() {
    return Arbitraries.of(
        RefreshPolicy.adaptive(),
        RefreshPolicy.classical(),
        RefreshPolicy.classical(Duration.ofDays(1_000), Duration.ZERO),
        RefreshPolicy.classical(Duration.ofSeconds(Long.MAX_VALUE), Duration.ZERO),
        RefreshPolicy.classical(Duration.ZERO, Duration.ofSeconds(Long.MAX_VALUE)),
        RefreshPolicy.window(Duration.ofMinutes(20), Duration.ofMinutes(15)),
        RefreshPolicy.window(Duration.ofSeconds(Long.MAX_VALUE), Duration.ZERO),
        RefreshPolicy.fraction(0.8),
        RefreshPolicy.fraction(0.000_1),
        RefreshPolicy.fraction(0.999_9));
  }

  @Provide
  Arbitrary<@Nullable Duration> hints() {
    return Arbitraries.of(
            Duration.ZERO,
            Duration.ofSeconds(-5),
            Duration.ofMillis(1),
            Duration.ofMinutes(5),
            Duration.ofDays(4_000),
            Duration.ofSeconds(Long.MAX_VALUE))
        .injectNull(0.5);
  }

  @Provide
  Arbitrary<Long> times() {
    return Arbitraries.of(
        0L, 1L, NOW, NOW + 1, NOW + YEAR, Long.MAX_VALUE / 2, Long.MAX_VALUE - 1, Long.MAX_VALUE);
  }
}
