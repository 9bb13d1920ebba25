package dev.tokenlife.examples.fleet.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void noSecond_whereverItBegins_hasMoreThanTheLimit_andAllOfItIsGiven() {
    RateLimit limit = new RateLimit(7);
    SplittableRandom random = new SplittableRandom(3);
    Deque<Long> lastSecond = new ArrayDeque<>();
    long now = -5 * SECOND;
    for (int i = 0; i < 10_000; i++) {
      now += random.nextLong(SECOND / 5);
      while (!lastSecond.isEmpty() && now - lastSecond.peekFirst() >= SECOND) {
        lastSecond.removeFirst();
      }
      assertThat(limit.allows(now)).isEqualTo(lastSecond.size() < 7);
      if (lastSecond.size() < 7) {
        lastSecond.addLast(now);
      }
    }
  }

  @Test
  void limitOfZero_isNone() {
    RateLimit none = new RateLimit(0);
    for (int i = 0; i < 1_000; i++) {
      assertThat(none.allows(0)).isTrue();
    }
  }
}
