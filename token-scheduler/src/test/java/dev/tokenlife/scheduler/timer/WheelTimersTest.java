package dev.tokenlife.scheduler.timer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tokenlife.time.VirtualTime;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WheelTimersTest extends TimersLaws {
  private static final int MILLION = 1_000_000;

  @Override
  Timers create(VirtualTime time) {
    return new WheelTimers();
  }

  @ParameterizedTest
  @ValueSource(longs = {511, 512, 4_095, 4_096, 32_767, 32_768, 262_143, 262_144, 3_600_000})
  void edgesOfTheLevels_fireInTime(long delay) {
    for (long shift = 0; shift < 600; shift += 13) {
      long handle = arm(delay);
      assertThat(advance(delay - Math.min(64, delay / 64 + 1))).isEmpty();
      assertThat(advance(Math.min(64, delay / 64 + 1))).containsExactly(handle);
      advance(13);
    }
  }

  @Test
  void farDeadlines_areKept_butForSeventeenYearsAtMost() {
    long year = arm(TimeUnit.DAYS.toMillis(365));
    long century = arm(TimeUnit.DAYS.toMillis(36_500));
    long never = timers.arm(Long.MAX_VALUE, now());
    assertThat(advance(TimeUnit.DAYS.toMillis(365) - 64)).isEmpty();
    assertThat(advance(64)).containsExactly(year);
    assertThat(advance(TimeUnit.DAYS.toMillis(16 * 365))).isEmpty();
    assertThat(advance(TimeUnit.DAYS.toMillis(365))).containsExactlyInAnyOrder(century, never);
  }

  @Test
  void timersSpreadOverMinutes_doNotFireAsAHerd() {
    int seconds = 300;
    Random random = new Random(7);
    for (int i = 0; i < seconds * 1_000; i++) {
      arm(40 * 60_000 + random.nextInt(seconds * 1_000));
    }
    int[] perSecond = new int[seconds + 1];
    long start = now() + 40 * 60_000;
    while (timers.size() > 0) {
      long wake = timers.nextWake(now());
      advance(Math.max(0, wake - now()));
      if (!fired.isEmpty()) {
        perSecond[(int) Math.max(0, (now() - start) / 1_000)] += fired.size();
      }
    }
    assertThat(Arrays.stream(perSecond).max().orElseThrow()).isLessThan(1_300);
  }

  @Test
  void millionTimersOfOneSecond_costSixteenBytesEach_andNothingTheSecondTime() {
    long[] handles = new long[MILLION];
    long first = allocatedBy(() -> armMillion(handles));
    assertThat(first).isLessThan(17L * MILLION);
    assertThat(((WheelTimers) timers).bytes()).isLessThan(16_500_000);
    long second =
        allocatedBy(
            () -> {
              for (int i = 1; i < MILLION; i++) {
                timers.cancel(handles[i]);
              }
              armMillion(handles);
            });
    assertThat(second).isLessThan(100_000);
  }

  @Test
  void lastTimer_takesTheMemoryWithIt() {
    long[] handles = new long[MILLION];
    armMillion(handles);
    for (long handle : handles) {
      assertThat(timers.cancel(handle)).isTrue();
    }
    assertThat(((WheelTimers) timers).bytes()).isZero();
    assertThat(timers.cancel(arm(1))).isTrue();
    assertThat(timers.cancel(handles[0])).isFalse();
  }

  @Test
  void coarseBucket_isOpenedInBoundedSteps_andNothingInItIsLate() {
    long deadline = now() + 3_600_000;
    for (int i = 0; i < 20_000; i++) {
      arm(3_600_000 + i % 100);
    }
    long wake = timers.nextWake(now());
    assertThat(wake).isLessThan(deadline);
    time.advance(Duration.ofMillis(wake - now()));
    int steps = 0;
    for (; timers.nextWake(now()) <= now(); steps++) {
      timers.drain(now(), 100, (handle, at) -> fired.add(handle));
    }
    assertThat(steps).isBetween(20, 100);
    assertThat(fired).isEmpty();
    assertThat(advance(deadline + 99 - now())).hasSize(20_000);
  }

  /** Asks for the time once: asking allocates, until it is compiled. */
  private void armMillion(long[] handles) {
    long now = now();
    for (int i = 0; i < handles.length; i++) {
      handles[i] = timers.arm(now + 3_600_000 + i / 1_000, now);
    }
  }

  private static long allocatedBy(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    work.run();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
  }
}
