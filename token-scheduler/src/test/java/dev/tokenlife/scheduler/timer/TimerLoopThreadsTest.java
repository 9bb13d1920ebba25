package dev.tokenlife.scheduler.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tokenlife.time.ProcessClock;
import dev.tokenlife.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real threads and the machine's time. */
final class TimerLoopThreadsTest {
  private static final int THREADS = 4;
  private static final int EACH = 25_000;

  private final ProcessClock clock = new ProcessClock(TimeSource.system());
  private final ExecutorService turns = Executors.newFixedThreadPool(2);
  private final ExecutorService callers = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() {
    turns.shutdownNow();
    callers.shutdownNow();
  }

  @Test
  void armingMovingAndCancelling_whileTimersFire_losesNoneAndFiresNoneTwice() throws Exception {
    AtomicIntegerArray ended = new AtomicIntegerArray(THREADS * EACH);
    AtomicInteger together = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    try (TimerLoop<Integer> loop =
        new TimerLoop<>(
            clock,
            turns,
            (which, deadline) -> {
              if (together.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
              }
              ended.incrementAndGet(which);
              together.decrementAndGet();
            })) {
      List<Future<?>> work = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int first = t * EACH;
        work.add(callers.submit(() -> race(loop, ended, first)));
      }
      for (Future<?> each : work) {
        each.get(60, TimeUnit.SECONDS);
      }
      await().atMost(60, TimeUnit.SECONDS).until(() -> loop.status().armed() == 0);
    }
    for (int i = 0; i < ended.length(); i++) {
      assertThat(ended.get(i)).as("timer %d fired or was cancelled", i).isEqualTo(1);
    }
    assertThat(overlaps).hasValue(0);
  }

  /** Arms timers of a few milliseconds and tries to move or cancel earlier ones, due or not. */
  private void race(TimerLoop<Integer> loop, AtomicIntegerArray ended, int first) {
    Random random = new Random(first);
    long[] handles = new long[EACH];
    for (int i = 0; i < EACH; i++) {
      handles[i] = loop.arm(first + i, clock.now() + random.nextInt(20));
      int other = random.nextInt(i + 1);
      switch (random.nextInt(3)) {
        case 0 -> loop.rearm(handles[other], clock.now() + random.nextInt(20));
        case 1 -> {
          if (loop.cancel(handles[other])) {
            ended.incrementAndGet(first + other);
          }
        }
        default -> {}
      }
    }
  }

  @Test
  void closing_waitsForTheCallbackThatRuns_andNoneFollows() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    TimerLoop<String> loop =
        new TimerLoop<>(
            clock,
            turns,
            (payload, deadline) -> {
              calls.incrementAndGet();
              inside.countDown();
              awaitQuietly(leave);
              calls.addAndGet(100);
            });
    loop.armAll(List.of("a", "b", "c"), payload -> clock.now());
    assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
    Future<Integer> closing =
        callers.submit(
            () -> {
              loop.close();
              return calls.get();
            });
    await().until(() -> loop.arm("d", clock.now()) == TimerLoop.NONE);
    assertThat(closing).isNotDone();
    leave.countDown();
    assertThat(closing.get(30, TimeUnit.SECONDS)).isEqualTo(101);
    turns.shutdown();
    assertThat(turns.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(calls).hasValue(101);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
