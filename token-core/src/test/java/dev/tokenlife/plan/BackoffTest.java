package dev.tokenlife.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final long FIVE_MINUTES = 300_000;

  @Property
  void waits_doubleFromOneSecondToFiveMinutes_withFullJitter(
      @ForAll @IntRange(min = 1, max = 1_000) int failures, @ForAll long seed) {
    long most = Math.min(FIVE_MINUTES, 1_000L << Math.min(failures - 1, 20));
    assertThat(Backoff.transientDelay(failures, 0, new SplittableRandom(seed)))
        .isBetween(100L, most);
  }

  @Property
  void aWait_isNeverBeyondHalfOfTheRemainingLife(
      @ForAll @IntRange(min = 1, max = 50) int failures,
      @ForAll @LongRange(min = 200, max = 10_000_000) long remaining,
      @ForAll long seed) {
    assertThat(Backoff.transientDelay(failures, remaining, new SplittableRandom(seed)))
        .isBetween(100L, Math.max(100, remaining / 2));
  }

  @Property
  void aPermanentFailure_isBelievedOneToFiveSeconds_growingToFiveMinutes(
      @ForAll @IntRange(min = 1, max = 1_000) int failures, @ForAll long seed) {
    long wait = Backoff.permanentDelay(failures, new SplittableRandom(seed));
    assertThat(wait).isBetween(1_000L, failures == 1 ? 5_000 : FIVE_MINUTES);
    assertThat(wait).isGreaterThanOrEqualTo(Math.min(120_000, 1_000L << Math.min(failures - 1, 7)));
  }

  @Test
  void waitsOfManyChains_coverTheWholeRange() {
    SplittableRandom random = new SplittableRandom(3);
    long shortest = Long.MAX_VALUE;
    long longest = 0;
    for (int i = 0; i < 10_000; i++) {
      long wait = Backoff.transientDelay(6, 0, random);
      shortest = Math.min(shortest, wait);
      longest = Math.max(longest, wait);
    }
    assertThat(shortest).isLessThan(500);
    assertThat(longest).isGreaterThan(31_000);
  }
}
