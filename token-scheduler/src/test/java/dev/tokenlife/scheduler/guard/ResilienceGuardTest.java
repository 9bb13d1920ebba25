package dev.tokenlife.scheduler.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.spi.Trigger;
import dev.tokenlife.spi.UpstreamGuard.Admission;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Breaker, limits, budget and pace, each per upstream. */
class ResilienceGuardTest {
  private static final String UP = "up";
  private static final Duration TOOK = Duration.ofMillis(20);

  private final VirtualTime time = new VirtualTime();
  private ResilienceGuard guard = ResilienceGuard.create(time, GuardSettings.DEFAULT);

  private boolean admits() {
    return guard.admit(UP, Trigger.CALLER) instanceof Admission.Admitted;
  }

  private Admission.Refused refused() {
    Admission admission = guard.admit(UP, Trigger.CALLER);
    assertThat(admission).isInstanceOf(Admission.Refused.class);
    return (Admission.Refused) admission;
  }

  private void report(@Nullable FailureKind failure) {
    guard.report(UP, TOOK, failure, null);
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(admits()).isTrue();
      report(FailureKind.TRANSIENT);
    }
  }

  private void advance(Duration by) {
    time.advance(by);
  }

  @Test
  void breakerOpens_andSaysHowLong_andProbesHalfOpen_andCloses() {
    fail(10);
    Admission.Refused refused = refused();
    assertThat(refused.kind()).isEqualTo(FailureKind.TRANSIENT);
    assertThat(refused.retryAfter()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(2));
    assertThat(guard.closedFor(UP)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(2));
    assertThat(guard.describe(UP)).contains("OPEN");
    advance(Duration.ofSeconds(2));
    int probes = 0;
    for (int i = 0; i < 10; i++) {
      probes += admits() ? 1 : 0;
    }
    assertThat(probes).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      report(null);
    }
    assertThat(guard.describe(UP)).contains("CLOSED", "recovering=true");
    assertThat(admits()).isTrue();
  }

  @Test
  void failedProbes_openItLonger() {
    fail(10);
    Duration longest = Duration.ZERO;
    for (int round = 0; round < 8; round++) {
      advance(guard.closedFor(UP).plusMillis(1));
      for (int i = 0; i < 3 && admits(); i++) {
        report(FailureKind.TRANSIENT);
      }
      longest = guard.closedFor(UP).compareTo(longest) > 0 ? guard.closedFor(UP) : longest;
    }
    assertThat(longest).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(80));
  }

  @Test
  void refusedGrants_neverOpenIt() {
    for (int i = 0; i < 100; i++) {
      assertThat(admits()).isTrue();
      report(FailureKind.PERMANENT);
    }
    assertThat(guard.describe(UP)).contains("CLOSED", "healthy=true");
  }

  @Test
  void oneUpstreamsOutage_isNotAnothers() {
    fail(10);
    assertThat(guard.admit("other", Trigger.TIMER)).isInstanceOf(Admission.Admitted.class);
    assertThat(guard.status()).containsOnlyKeys("other", UP);
  }

  @Test
  void retryAfterOfSeconds_stopsTheWholeUpstream() {
    assertThat(admits()).isTrue();
    guard.report(UP, TOOK, FailureKind.THROTTLED, Duration.ofSeconds(90));
    assertThat(refused().retryAfter()).isEqualTo(Duration.ofSeconds(90));
    assertThat(refused().kind()).isEqualTo(FailureKind.THROTTLED);
    advance(Duration.ofSeconds(89));
    assertThat(guard.closedFor(UP)).isEqualTo(Duration.ofSeconds(1));
    advance(Duration.ofSeconds(1));
    assertThat(admits()).isTrue();
  }

  @Test
  void absurdRetryAfter_isBounded() {
    assertThat(admits()).isTrue();
    guard.report(UP, TOOK, FailureKind.THROTTLED, Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(refused().retryAfter()).isEqualTo(Duration.ofHours(1));
    guard.reset(UP);
    assertThat(admits()).isTrue();
    guard.report(UP, TOOK, FailureKind.THROTTLED, Duration.ofSeconds(Long.MIN_VALUE));
    assertThat(admits()).isTrue();
  }

  @Test
  void shorterRetryAfter_doesNotShortenALongerOne() {
    assertThat(admits()).isTrue();
    assertThat(admits()).isTrue();
    guard.report(UP, TOOK, FailureKind.THROTTLED, Duration.ofSeconds(90));
    guard.report(UP, TOOK, FailureKind.THROTTLED, null);
    assertThat(refused().retryAfter()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void lateSuccess_doesNotEndWhatTheUpstreamAskedFor() {
    assertThat(admits()).isTrue();
    assertThat(admits()).isTrue();
    guard.report(UP, TOOK, FailureKind.THROTTLED, Duration.ofSeconds(90));
    report(null);
    assertThat(refused().retryAfter()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void configurationTrouble_stopsForAMinute_andResetTakesItBack() {
    assertThat(admits()).isTrue();
    report(FailureKind.CONFIG);
    assertThat(refused().retryAfter()).isEqualTo(Duration.ofMinutes(1));
    guard.reset(UP);
    assertThat(admits()).isTrue();
  }

  @Test
  void concurrency_isBounded_andReleasedCallsDoNotCount() {
    guard = ResilienceGuard.create(time, GuardSettings.DEFAULT.concurrency(2));
    assertThat(admits()).isTrue();
    assertThat(admits()).isTrue();
    assertThat(refused().kind()).isNull();
    assertThat(guard.closedFor(UP)).isPositive();
    guard.release(UP);
    assertThat(admits()).isTrue();
    report(null);
    assertThat(admits()).isTrue();
    assertThat(guard.describe(UP)).contains("calls=3", "inFlight=2");
  }

  @Test
  void rate_isKept_andTheRefusedAreSpread() {
    guard = ResilienceGuard.create(time, GuardSettings.DEFAULT.rate(10));
    int admitted = 0;
    for (int i = 0; i < 1_000; i++) {
      if (admits()) {
        admitted++;
        report(null);
      }
      advance(Duration.ofMillis(10));
    }
    assertThat(admitted).isBetween(95, 103);
    long first = refusedSoon();
    assertThat(refused().retryAfter().toMillis()).isGreaterThan(first);
    assertThat(guard.closedFor(UP)).isPositive();
  }

  private long refusedSoon() {
    while (admits()) {
      report(null);
    }
    return refused().retryAfter().toMillis();
  }

  @Test
  void failuresBeyondTheBudget_areKeptToProbeLevel_andSuccessesRefillIt() {
    guard =
        ResilienceGuard.create(
            time,
            new GuardSettings(
                new BreakerSettings(
                    100,
                    1_000_000,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(60),
                    3),
                0,
                0,
                Duration.ZERO,
                0.2));
    fail(10);
    int admitted = 0;
    for (int i = 0; i < 1_000; i++) {
      if (admits()) {
        admitted++;
        report(FailureKind.TRANSIENT);
      }
      advance(Duration.ofMillis(10));
    }
    assertThat(admitted).isBetween(9, 12);
    for (int i = 0; i < 10; i++) {
      advance(Duration.ofSeconds(1));
      assertThat(admits()).isTrue();
      report(null);
    }
    assertThat(admits()).isTrue();
    assertThat(admits()).isTrue();
  }

  @Test
  void endOfALongOutage_isNeverAboveTwiceTheSteadyRateInAnySecond() {
    recovers(Duration.ofMinutes(2));
    assertThat(guard.describe(UP)).contains("recovering=false");
  }

  @Test
  void endOfAShortOutage_isNeverAboveTwiceTheSteadyRateInAnySecond() {
    recovers(Duration.ofSeconds(3));
  }

  @Test
  void moreWantedThanUsual_isGrantedInTheEnd() {
    calm(10, 120);
    outage(Duration.ofMinutes(1));
    for (int second = 0; second < 60 * 12; second++) {
      herd();
    }
    assertThat(herd()).isGreaterThan(40);
  }

  /**
   * 100 a second are usual; after the outage ten times as many want to, for a minute and a half.
   */
  private void recovers(Duration outage) {
    int steady = 100;
    calm(steady, 120);
    outage(outage);
    int most = 0;
    int all = 0;
    for (int second = 0; second < 150; second++) {
      int inSecond = herd();
      most = Math.max(most, inSecond);
      all += inSecond;
    }
    assertThat(most).isBetween(steady * 3 / 2, 2 * steady);
    assertThat(all).isGreaterThan(steady * 60);
    calm(steady, 60);
  }

  private int herd() {
    int admitted = 0;
    for (int i = 0; i < 1_000; i++) {
      if (admits()) {
        report(null);
        admitted++;
      }
      advance(Duration.ofMillis(1));
    }
    return admitted;
  }

  private void outage(Duration length) {
    for (long i = 0; i < length.toMillis() / 10; i++) {
      if (admits()) {
        report(FailureKind.TRANSIENT);
      }
      advance(Duration.ofMillis(10));
    }
  }

  private void calm(int perSecond, int seconds) {
    for (int i = 0; i < seconds * perSecond; i++) {
      if (admits()) {
        report(null);
      }
      advance(Duration.ofNanos(1_000_000_000L / perSecond));
    }
  }

  @Test
  void wallClockSteps_endNothingEarly() {
    fail(10);
    time.stepWall(Duration.ofHours(2));
    assertThat(refused().retryAfter()).isPositive();
    time.stepWall(Duration.ofHours(-4));
    advance(Duration.ofSeconds(2));
    assertThat(admits()).isTrue();
  }

  @Test
  void upstreamWithSettingsOfItsOwn() {
    guard.upstream(UP, GuardSettings.DEFAULT.concurrency(1));
    assertThat(admits()).isTrue();
    assertThat(refused().reason()).contains(UP);
    assertThatThrownBy(() -> guard.upstream(UP, GuardSettings.DEFAULT))
        .hasMessageContaining("called already");
  }

  @Test
  void settingsThatNeverOpenOrClose_areRefused() {
    GuardSettings base = GuardSettings.DEFAULT;
    assertThat(base.ramp(Duration.ZERO).ramp()).isZero();
    assertThat(base.open(Duration.ofSeconds(2), Duration.ofSeconds(9)).breaker().longestOpen())
        .isEqualTo(Duration.ofSeconds(9));
    assertThatThrownBy(() -> base.open(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessageContaining("longestOpen");
    assertThatThrownBy(() -> base.rate(-1)).hasMessageContaining("negative");
    assertThatThrownBy(() -> base.ramp(Duration.ofSeconds(-1))).hasMessageContaining("negative");
    assertThatThrownBy(() -> breaker(0, 1)).hasMessageContaining("failureRatePercent");
    assertThatThrownBy(() -> breaker(50, 0)).hasMessageContaining("minimumCalls");
  }

  private static BreakerSettings breaker(float rate, int calls) {
    BreakerSettings base = BreakerSettings.DEFAULT;
    return new BreakerSettings(
        rate, calls, base.window(), base.firstOpen(), base.longestOpen(), base.probes());
  }
}
