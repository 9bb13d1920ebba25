package dev.tokenlife.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.spi.RefreshPolicy;
import dev.tokenlife.spi.RefreshPolicy.Lifetime;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tokens that are all issued in one second must not be refreshed in one second for ever. */
class MassIssueTest {
  private static final long START = 1_900_000_000_000L;
  private static final int LIFE_SECONDS = 3_600;
  private static final int CYCLES = 8;

  @Test
  void aHundredThousandTokensIssuedInOneSecond_areSpread() {
    assertSpread(peaks(100_000));
  }

  @Test
  @Tag("slow")
  void aMillionTokensIssuedInOneSecond_areSpread() {
    assertSpread(peaks(1_000_000));
  }

  private static void assertSpread(double[] peaks) {
    assertThat(peaks[0]).as("first cycle, peaks %s", Arrays.toString(peaks)).isBetween(1.0, 4.0);
    for (int cycle = 5; cycle < CYCLES; cycle++) {
      assertThat(peaks[cycle]).as("peaks %s", Arrays.toString(peaks)).isLessThanOrEqualTo(1.5);
    }
  }

  /** Returns the busiest second of each cycle, as a multiple of tokens / lifetime. */
  private static double[] peaks(int tokens) {
    Wheel wheel = new Wheel(tokens);
    SplittableRandom random = new SplittableRandom(42);
    SecondLoad load = new SecondLoad();
    for (int token = 0; token < tokens; token++) {
      wheel.add(token, planned(START + random.nextInt(1_000), load, random));
    }
    double[] peaks = new double[CYCLES];
    for (int second = 0; second < wheel.first.length; second++) {
      int refreshed = 0;
      int token = wheel.first[second];
      while (token >= 0) {
        final int after = wheel.next[token];
        refreshed++;
        long now = START + second * 1_000L + random.nextInt(1_000);
        wheel.add(token, planned(now, load, random));
        token = after;
      }
      double ratio = refreshed / (tokens / (double) LIFE_SECONDS);
      int cycle = second / LIFE_SECONDS;
      peaks[cycle] = Math.max(peaks[cycle], ratio);
    }
    return peaks;
  }

  private static long planned(long now, SecondLoad load, SplittableRandom random) {
    Lifetime lifetime = new Lifetime(now, now + LIFE_SECONDS * 1_000L);
    long at =
        Planner.plan(RefreshPolicy.adaptive(), lifetime, now, null, load, random.nextLong())
            .refreshAt();
    load.add(at);
    return at;
  }

  /** The tokens of each second, as lists in arrays. */
  private static final class Wheel {
    final int[] first = new int[CYCLES * LIFE_SECONDS];
    final int[] next;

    Wheel(int tokens) {
      Arrays.fill(first, -1);
      next = new int[tokens];
    }

    void add(int token, long millis) {
      int second = (int) ((millis - START) / 1_000);
      if (second < first.length) {
        next[token] = first[second];
        first[second] = token;
      }
    }
  }
}
