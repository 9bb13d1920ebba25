package dev.tokenlife.scheduler.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the loop does with very many timers, in virtual time. */
final class TimerLoopLoadTest {
  private final LoopFixture on = new LoopFixture();

  @Test
  void tenThousandASecond_noneLost_noneTwice_noneLate_noneTooEarly() {
    int seconds = 20;
    Random random = new Random(42);
    long start = on.clock.now();
    int[] firings = new int[seconds * 10_000];
    long[] delays = new long[firings.length];
    long[] worst = new long[2];
    TimerLoop<Integer> loop =
        new TimerLoop<>(
            on.clock,
            Runnable::run,
            (which, deadline) -> {
              firings[which]++;
              long early = deadline - on.clock.now();
              worst[0] = Math.max(worst[0], -early);
              worst[1] = Math.max(worst[1], early * 64 - delays[which]);
            });
    for (int i = 0; i < firings.length; i++) {
      if (i % 10 == 0) {
        on.time.advance(Duration.ofMillis(1));
      }
      delays[i] = random.nextInt(1 << random.nextInt(17));
      loop.arm(i, on.in(delays[i]));
    }
    on.time.advance(Duration.ofMinutes(3));
    assertThat(on.clock.now() - start).isEqualTo(seconds * 1_000 + 180_000);
    assertThat(firings).containsOnly(1);
    assertThat(worst[0]).as("late, in ticks").isLessThanOrEqualTo(2);
    assertThat(worst[1]).as("earlier than 1/64 of the delay").isLessThanOrEqualTo(0);
    Lateness lateness = loop.status().lateness();
    assertThat(lateness.fired()).isEqualTo(firings.length);
    assertThat(lateness.maxMillis()).isEqualTo(worst[0]);
  }

  @Test
  void suspendedMachine_catchesUpAtAPace_mostUrgentFirst_andEndsIt() {
    int count = 50_000;
    List<String> many = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      many.add(String.valueOf(i));
    }
    on.loop.armAll(many, payload -> on.in(3_600_000 + Integer.parseInt(payload) * 100L));
    on.time.stepWall(Duration.ofHours(3));
    on.advance(TimerLoop.MAX_NAP_MILLIS);
    on.advance(1_000);
    int firstSecond = on.fired.size();
    assertThat(firstSecond).isBetween(9_000, TimerLoop.CATCH_UP_PER_SECOND + Delivery.BATCH);
    assertThat(on.loop.status().catchingUp()).isTrue();
    assertThat(inOrderWithin(on.fired, 4 * 3_600_000 / 64)).isTrue();
    on.advance(1_000);
    assertThat(on.fired.size()).isBetween(18_000, 2 * TimerLoop.CATCH_UP_PER_SECOND + 200);
    on.advance(1_000);
    TimerStatus after = on.loop.status();
    assertThat(after.armed()).isZero();
    assertThat(after.catchingUp()).isFalse();
    assertThat(after.lateness().fired()).isEqualTo(count);
    assertThat(after.lateness().maxMillis()).isGreaterThan(7_200_000);
    assertThat(on.time.armedTimers()).isZero();
  }

  @Test
  void armingWhileCatchingUp_doesNotBreakThePace() {
    List<String> many = IntStream.range(0, 20_000).mapToObj(String::valueOf).toList();
    on.loop.armAll(many, payload -> on.in(60_000));
    on.time.stepWall(Duration.ofHours(1));
    on.advance(TimerLoop.MAX_NAP_MILLIS);
    assertThat(on.loop.status().catchingUp()).isTrue();
    on.fired.clear();
    for (int i = 0; i < 500; i++) {
      on.loop.arm("new", on.in(0));
      on.time.advance(Duration.ofMillis(1));
    }
    assertThat(on.fired.size()).isBetween(4_000, TimerLoop.CATCH_UP_PER_SECOND / 2 + 200);
  }

  private static boolean inOrderWithin(List<LoopFixture.Fired> fired, long millis) {
    long latest = 0;
    for (LoopFixture.Fired each : fired) {
      if (each.deadline() < latest - millis) {
        return false;
      }
      latest = Math.max(latest, each.deadline());
    }
    return true;
  }
}
