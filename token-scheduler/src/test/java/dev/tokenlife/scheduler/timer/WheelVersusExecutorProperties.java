package dev.tokenlife.scheduler.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The same calls to the wheel and to the executor: the same firings, but for the early bound. */
final class WheelVersusExecutorProperties {
  private static final long YEAR = 40_000_000_000L;

  private enum Kind {
    ARM,
    ARM_MANY,
    REARM,
    CANCEL,
    LEAP,
    WALK
  }

  private record Step(Kind kind, int which, long millis, int max) {}

  @Property(tries = 2_000)
  void wheel_firesWhatTheExecutorFires(@ForAll("steps") List<Step> steps) {
    BothTimers both = new BothTimers();
    for (Step step : steps) {
      apply(both, step);
      both.assertSameSize();
    }
    both.walk(2 * YEAR, 1_000);
    both.assertSameSize();
    assertThat(both.size()).isZero();
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Long> millis =
        Arbitraries.oneOf(
            Arbitraries.longs().between(-5, 600),
            Arbitraries.longs().between(0, 5_000),
            Arbitraries.longs().between(0, 300_000),
            Arbitraries.longs().between(0, 40_000_000),
            Arbitraries.longs().between(0, YEAR));
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            Arbitraries.integers().between(0, 1_000),
            millis,
            Arbitraries.integers().between(1, 20))
        .as(Step::new)
        .list()
        .ofMaxSize(80);
  }

  private static void apply(BothTimers both, Step step) {
    switch (step.kind) {
      case ARM -> both.arm(step.millis);
      case ARM_MANY -> both.armMany(step.max, step.millis);
      case REARM -> both.rearm(step.which, step.millis);
      case CANCEL -> both.cancel(step.which);
      case LEAP -> both.leap(step.millis, step.max);
      case WALK -> both.walk(step.millis, step.max);
    }
  }
}
