package dev.tokenlife.scheduler.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The wheel beside the executor. Whatever the executor has fired, the wheel must have; what the
 * wheel fires ahead of the executor must be within the early bound, and is then taken from the
 * executor.
 */
final class BothTimers {
  private final VirtualTime time = new VirtualTime();
  private final Timers wheel = new WheelTimers();
  private final Timers oracle = new ExecutorTimers(new VirtualExecutor(time));
  private final List<Pair> everArmed = new ArrayList<>();
  private final Map<Long, Pair> armed = new HashMap<>();

  /** One timer in both, with the time it was last armed at and for. */
  private static final class Pair {
    final long inWheel;
    final long inOracle;
    long armedAt;
    long deadline;

    Pair(long inWheel, long inOracle, long armedAt, long deadline) {
      this.inWheel = inWheel;
      this.inOracle = inOracle;
      this.armedAt = armedAt;
      this.deadline = Math.max(deadline, armedAt);
    }
  }

  int size() {
    return wheel.size();
  }

  void assertSameSize() {
    assertThat(wheel.size()).isEqualTo(oracle.size()).isEqualTo(armed.size());
  }

  void arm(long delay) {
    long at = now() + delay;
    remember(new Pair(wheel.arm(at, now()), oracle.arm(at, now()), now(), at));
  }

  void armMany(int count, long delay) {
    long[] deadlines = new long[count];
    for (int i = 0; i < count; i++) {
      deadlines[i] = now() + delay + i * delay / 100;
    }
    long[] inWheel = new long[count];
    long[] inOracle = new long[count];
    wheel.armAll(deadlines, now(), inWheel);
    oracle.armAll(deadlines, now(), inOracle);
    for (int i = 0; i < count; i++) {
      remember(new Pair(inWheel[i], inOracle[i], now(), deadlines[i]));
    }
  }

  /** Moves one of all timers that ever were; most are gone. */
  void rearm(int which, long delay) {
    if (!everArmed.isEmpty()) {
      Pair pair = everArmed.get(which % everArmed.size());
      long at = now() + delay;
      boolean moved = wheel.rearm(pair.inWheel, at, now());
      assertThat(moved).isEqualTo(oracle.rearm(pair.inOracle, at, now()));
      assertThat(moved).isEqualTo(armed.containsKey(pair.inWheel));
      if (moved) {
        pair.armedAt = now();
        pair.deadline = Math.max(at, now());
      }
    }
  }

  /** Cancels one of all timers that ever were; most are gone. */
  void cancel(int which) {
    if (!everArmed.isEmpty()) {
      Pair pair = everArmed.get(which % everArmed.size());
      boolean cancelled = wheel.cancel(pair.inWheel);
      assertThat(cancelled).isEqualTo(oracle.cancel(pair.inOracle));
      assertThat(cancelled).isEqualTo(armed.remove(pair.inWheel) != null);
    }
  }

  /** The time moves at once, as after a stall. */
  void leap(long millis, int max) {
    time.advance(Duration.ofMillis(Math.max(0, millis)));
    drain(max);
  }

  /** The time moves from one wake-up of the wheel to the next. */
  void walk(long millis, int max) {
    long end = now() + Math.max(0, millis);
    drain(max);
    for (long wake = wheel.nextWake(now()); wake <= end; wake = wheel.nextWake(now())) {
      assertThat(wake).isGreaterThan(now());
      leap(wake - now(), max);
    }
    leap(end - now(), max);
  }

  private void drain(int max) {
    while (wheel.nextWake(now()) <= now()) {
      assertThat(wheel.drain(now(), max, this::firedByWheel)).isLessThanOrEqualTo(max);
    }
    Set<Long> late = new HashSet<>();
    oracle.drain(now(), Integer.MAX_VALUE, (handle, deadline) -> late.add(handle));
    assertThat(late).as("fired by the executor, not by the wheel").isEmpty();
  }

  private void firedByWheel(long handle, long deadline) {
    Pair pair = Objects.requireNonNull(armed.remove(handle), "fired twice, or after its cancel");
    assertThat(deadline).isEqualTo(pair.deadline);
    long early = deadline - now();
    assertThat(early).isLessThan(64);
    assertThat(early * 64).isLessThanOrEqualTo(deadline - pair.armedAt);
    assertThat(oracle.cancel(pair.inOracle)).isTrue();
  }

  private void remember(Pair pair) {
    everArmed.add(pair);
    assertThat(armed.put(pair.inWheel, pair)).isNull();
  }

  private long now() {
    return time.wallMillis();
  }
}
