package dev.tokenlife.scheduler.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What both the wheel and its oracle keep. */
abstract class TimersLaws {
  final VirtualTime time = new VirtualTime();
  final Timers timers = create(time);
  final List<Long> fired = new ArrayList<>();

  abstract Timers create(VirtualTime time);

  @Test
  void timer_firesAtItsTime_andOnce() {
    long handle = arm(500);
    assertThat(advance(499)).isEmpty();
    assertThat(advance(1)).containsExactly(handle);
    assertThat(advance(100_000)).isEmpty();
    assertThat(timers.size()).isZero();
  }

  @Test
  void pastDeadline_firesNow() {
    long handle = timers.arm(now() - 1_000_000, now());
    long first = timers.arm(Long.MIN_VALUE, now());
    assertThat(timers.nextWake(now())).isEqualTo(now());
    assertThat(advance(0)).containsExactlyInAnyOrder(handle, first);
  }

  @Test
  void cancelledTimer_neverFires_andIsCancelledOnce() {
    long handle = arm(100);
    assertThat(timers.cancel(handle)).isTrue();
    assertThat(timers.cancel(handle)).isFalse();
    assertThat(timers.size()).isZero();
    assertThat(timers.nextWake(now())).isEqualTo(Long.MAX_VALUE);
    assertThat(advance(1_000)).isEmpty();
  }

  @Test
  void dueTimer_thatWasNotDrained_canStillBeCancelledOrMoved() {
    long first = arm(10);
    long moved = arm(10);
    long last = arm(10);
    time.advance(Duration.ofMillis(20));
    assertThat(timers.nextWake(now())).isEqualTo(now());
    assertThat(timers.cancel(last)).isTrue();
    assertThat(timers.rearm(moved, now() + 10, now())).isTrue();
    assertThat(advance(0)).containsExactly(first);
    assertThat(advance(10)).containsExactly(moved);
  }

  @Test
  void movedTimer_firesAtItsNewTimeOnly() {
    long later = arm(100);
    long sooner = arm(400);
    assertThat(timers.rearm(later, now() + 300, now())).isTrue();
    assertThat(timers.rearm(sooner, now() + 50, now())).isTrue();
    assertThat(advance(50)).containsExactly(sooner);
    assertThat(advance(249)).isEmpty();
    assertThat(advance(1)).containsExactly(later);
  }

  @Test
  void handle_isStaleAfterFiring_andHarmsNobody() {
    long old = arm(1);
    advance(1);
    long young = arm(1);
    assertThat(Timers.slot(young)).isEqualTo(Timers.slot(old));
    assertThat(timers.cancel(old)).isFalse();
    assertThat(timers.rearm(old, now() + 5, now())).isFalse();
    assertThat(advance(1)).containsExactly(young);
  }

  @Test
  void noHandle_matchesNothing() {
    arm(1);
    assertThat(timers.cancel(Timers.NONE)).isFalse();
    assertThat(timers.cancel(-1)).isFalse();
    assertThat(timers.cancel(Long.MAX_VALUE)).isFalse();
    assertThat(timers.rearm(Timers.NONE, 0, now())).isFalse();
  }

  @Test
  void drain_isBounded_andGoesOnWhereItEnded() {
    for (int i = 0; i < 10; i++) {
      arm(10 + i);
    }
    time.advance(Duration.ofMillis(100));
    List<Long> deadlines = new ArrayList<>();
    for (int expected : new int[] {4, 4, 2, 0}) {
      int count = timers.drain(now(), 4, (handle, deadline) -> deadlines.add(deadline));
      assertThat(count).isEqualTo(expected);
    }
    assertThat(deadlines).hasSize(10).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void callback_mayArmAndCancel() {
    long victim = arm(20);
    arm(10);
    time.advance(Duration.ofMillis(10));
    timers.drain(
        now(),
        10,
        (handle, deadline) -> {
          if (timers.cancel(victim)) {
            arm(0);
            arm(30);
          }
        });
    advance(0);
    assertThat(timers.size()).isEqualTo(1);
    assertThat(advance(29)).isEmpty();
    assertThat(advance(1)).hasSize(1);
  }

  @Test
  void bulk_armsEach() {
    long[] deadlines = {now() + 3, now() + 1, now() + 2};
    long[] handles = new long[3];
    timers.armAll(deadlines, now(), handles);
    assertThat(advance(1)).containsExactly(handles[1]);
    assertThat(advance(1)).containsExactly(handles[2]);
    assertThat(advance(1)).containsExactly(handles[0]);
  }

  @Test
  void clearing_dropsAll_andOldHandlesStayStale() {
    long old = arm(10);
    arm(0);
    time.advance(Duration.ofMillis(1));
    timers.nextWake(now());
    timers.clear();
    assertThat(timers.size()).isZero();
    long young = arm(20);
    assertThat(timers.cancel(old)).isFalse();
    assertThat(advance(20)).containsExactly(young);
  }

  final long now() {
    return time.wallMillis();
  }

  final long arm(long delay) {
    return timers.arm(now() + delay, now());
  }

  /** Moves the time and returns what fired. */
  final List<Long> advance(long millis) {
    time.advance(Duration.ofMillis(millis));
    fired.clear();
    while (timers.nextWake(now()) <= now()) {
      timers.drain(now(), 7, (handle, deadline) -> fired.add(handle));
    }
    return fired;
  }
}
