package dev.tokenlife.scheduler.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.time.ProcessClock;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the loop does with one timer or a few. */
final class TimerLoopTest {
  private final LoopFixture on = new LoopFixture();
  private final TimerLoop<String> loop = on.loop;

  @Test
  void nothingArmed_nothingIsScheduled() {
    assertThat(on.time.armedTimers()).isZero();
    loop.arm("a", on.in(100));
    assertThat(on.time.armedTimers()).isEqualTo(1);
    on.advance(100);
    assertThat(on.time.armedTimers()).isZero();
    assertThat(loop.status().next()).isEmpty();
  }

  @Test
  void lastTimerCancelled_nothingIsScheduled() {
    long handle = loop.arm("a", on.in(100));
    long other = loop.arm("b", on.in(50));
    assertThat(loop.cancel(handle)).isTrue();
    assertThat(loop.cancel(other)).isTrue();
    assertThat(on.time.armedTimers()).isZero();
    assertThat(loop.cancel(other)).isFalse();
  }

  @Test
  void timers_fireInTheOrderOfTheirTimes_whateverTheyWereArmedIn() {
    loop.arm("late", on.in(300));
    loop.arm("early", on.in(100));
    long moved = loop.arm("moved", on.in(50));
    assertThat(loop.rearm(moved, on.in(200))).isTrue();
    assertThat(on.time.armedTimers()).isEqualTo(1);
    assertThat(on.advance(99)).isEmpty();
    assertThat(on.advance(500)).containsExactly("early", "moved", "late");
  }

  @Test
  void dueTimer_isNeverCalledBackByTheThreadThatArmsIt() {
    loop.arm("past", on.in(-5_000));
    assertThat(on.fired).isEmpty();
    assertThat(on.advance(0)).containsExactly("past");
    assertThat(loop.status().lateness().maxMillis()).isZero();
  }

  @Test
  void replacing_keepsTheHandleOfAnArmedTimer_andArmsANewOneForAGoneOne() {
    long handle = loop.arm("old", on.in(100));
    assertThat(loop.replace(handle, "new", on.in(200))).isEqualTo(handle);
    assertThat(on.advance(200)).containsExactly("new");
    long other = loop.replace(handle, "newer", on.in(100));
    assertThat(other).isNotEqualTo(handle);
    assertThat(loop.cancel(handle)).isFalse();
    assertThat(on.advance(100)).containsExactly("newer");
  }

  @Test
  void bulk_armsAll_andEachCanBeCancelled() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      many.add(String.valueOf(i));
    }
    long[] handles = loop.armAll(many, payload -> on.in(100 + Integer.parseInt(payload) % 100));
    assertThat(loop.status().armed()).isEqualTo(5_000);
    assertThat(loop.cancel(handles[4_321])).isTrue();
    assertThat(on.advance(200)).hasSize(4_999).doesNotContain("4321").doesNotHaveDuplicates();
  }

  @Test
  void naps_areHalfAMinuteAtMost() {
    loop.arm("far", on.in(3_600_000));
    for (int i = 0; i < 10; i++) {
      on.time.stepWall(Duration.ofHours(-1));
      assertThat(on.advance(TimerLoop.MAX_NAP_MILLIS)).isEmpty();
      assertThat(on.time.armedTimers()).isEqualTo(1);
    }
    assertThat(on.clock.backwardSteps()).isEqualTo(10);
    assertThat(on.advance(3_600_000 - 300_000)).containsExactly("far");
  }

  @Test
  void wallClockSetForward_isNoticedWithinANap() {
    loop.arm("far", on.in(3_600_000));
    on.advance(1_000);
    on.time.stepWall(Duration.ofHours(1));
    assertThat(on.advance(TimerLoop.MAX_NAP_MILLIS)).containsExactly("far");
  }

  @Test
  void wallClockSetForward_isNoticedAtOnce_whenAPastTimeIsArmed() {
    loop.arm("far", on.in(3_600_000));
    on.time.stepWall(Duration.ofHours(1));
    loop.arm("past", on.in(-3_590_000));
    assertThat(on.advance(0)).containsExactly("far", "past");
  }

  @Test
  void farTimer_armedLongAfterTheLastLookAtTheClock_isNeitherLateNorEarly() {
    loop.arm("first", on.in(40_000));
    for (int i = 0; i < 20; i++) {
      on.advance(29_999);
      on.fired.clear();
      long delay = 32_768 + 7_001L * i;
      long deadline = on.in(delay);
      long handle = loop.arm("far", deadline + 1);
      assertThat(loop.rearm(handle, deadline)).isTrue();
      on.time.advance(Duration.ofMillis(delay - 64));
      assertThat(on.fired.stream().filter(fired -> fired.deadline() == deadline)).isEmpty();
      on.time.advance(Duration.ofMillis(64));
      assertThat(on.fired.stream().filter(fired -> fired.deadline() == deadline)).hasSize(1);
      loop.arm("keeps it napping", on.in(60_000));
    }
  }

  @Test
  void wallClockSetBack_delaysNothing() {
    loop.arm("a", on.in(60_000));
    on.time.stepWall(Duration.ofHours(-1));
    assertThat(on.advance(59_000)).isEmpty();
    assertThat(on.advance(1_000)).containsExactly("a");
  }

  @Test
  void failingCallback_harmsNoOtherTimer() {
    List<String> seen = new ArrayList<>();
    TimerLoop<String> failing =
        new TimerLoop<>(
            on.clock,
            Runnable::run,
            (payload, deadline) -> {
              seen.add(payload);
              throw new AssertionError("on purpose");
            });
    failing.arm("a", on.in(10));
    failing.arm("b", on.in(10));
    failing.arm("c", on.in(20));
    on.advance(20);
    assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void callback_mayArmMoveAndCancel() {
    List<TimerLoop<Integer>> self = new ArrayList<>();
    List<Integer> seen = new ArrayList<>();
    TimerLoop<Integer> chain =
        new TimerLoop<>(
            on.clock,
            Runnable::run,
            (payload, deadline) -> {
              seen.add(payload);
              if (payload < 5) {
                self.get(0).arm(payload + 1, deadline + 100);
              }
            });
    self.add(chain);
    chain.arm(1, on.in(100));
    on.advance(1_000);
    assertThat(seen).containsExactly(1, 2, 3, 4, 5);
    assertThat(on.time.armedTimers()).isZero();
  }

  @Test
  void executorThatRefuses_isAskedAgain_andNothingIsLost() {
    AtomicInteger refusals = new AtomicInteger(3);
    List<String> seen = new ArrayList<>();
    TimerLoop<String> refused =
        new TimerLoop<>(
            on.clock,
            turn -> {
              if (refusals.getAndDecrement() > 0) {
                throw new RejectedExecutionException("on purpose");
              }
              turn.run();
            },
            (payload, deadline) -> seen.add(payload));
    refused.arm("a", on.in(10));
    on.advance(10);
    refused.arm("b", on.in(0));
    on.advance(2_999);
    assertThat(seen).isEmpty();
    on.advance(1);
    assertThat(seen).containsExactly("a", "b");
    assertThat(refused.status().lateness().maxMillis()).isEqualTo(3_000);
  }

  @Test
  void closedLoop_firesNothing_armsNothing_andSchedulesNothing() {
    long handle = loop.arm("a", on.in(10));
    loop.close();
    loop.close();
    assertThat(on.time.armedTimers()).isZero();
    assertThat(loop.arm("b", on.in(10))).isEqualTo(TimerLoop.NONE);
    assertThat(loop.replace(handle, "c", on.in(10))).isEqualTo(TimerLoop.NONE);
    assertThat(loop.armAll(List.of("d"), payload -> on.in(10))).containsExactly(TimerLoop.NONE);
    assertThat(loop.rearm(handle, on.in(10))).isFalse();
    assertThat(loop.cancel(handle)).isFalse();
    assertThat(on.advance(100)).isEmpty();
    assertThat(loop.status().armed()).isZero();
    assertThat(on.time.armedTimers()).isZero();
  }

  @Test
  void callback_mayCloseItsLoop_andIsTheLast() {
    List<TimerLoop<String>> self = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    self.add(
        new TimerLoop<>(
            on.clock,
            Runnable::run,
            (payload, deadline) -> {
              seen.add(payload);
              self.get(0).close();
            }));
    self.get(0).armAll(List.of("a", "b", "c"), payload -> on.in(10));
    on.advance(1_000);
    assertThat(seen).hasSize(1);
    assertThat(on.time.armedTimers()).isZero();
  }

  @Test
  void wheelAndExecutor_fireTheSameAtTheSameTimes() {
    VirtualTime time = new VirtualTime();
    ProcessClock clock = new ProcessClock(time);
    List<List<String>> runs = new ArrayList<>();
    for (Timers timers :
        List.of(new WheelTimers(), new ExecutorTimers(new VirtualExecutor(time)))) {
      List<String> seen = new ArrayList<>();
      long start = clock.now();
      TimerLoop<Integer> either =
          new TimerLoop<>(
              clock,
              Runnable::run,
              (payload, deadline) -> seen.add(payload + " at " + (clock.now() - start)),
              TimerLoop.CATCH_UP_PER_SECOND,
              timers);
      for (int i = 0; i < 500; i++) {
        long handle = either.arm(i, start + i);
        if (i % 3 == 0) {
          either.cancel(handle);
        }
      }
      time.advance(Duration.ofSeconds(1));
      runs.add(seen);
    }
    assertThat(runs.get(0)).hasSize(333).isEqualTo(runs.get(1));
  }
}
