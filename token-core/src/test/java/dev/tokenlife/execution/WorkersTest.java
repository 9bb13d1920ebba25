package dev.tokenlife.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class WorkersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void threads_areNamedDaemons_andNoMoreThanAllowed() throws InterruptedException {
    Set<String> names = ConcurrentHashMap.newKeySet();
    AtomicBoolean allDaemons = new AtomicBoolean(true);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(50);
    try (Workers workers = Workers.start("some-work", 3)) {
      for (int i = 0; i < 50; i++) {
        workers
            .executor()
            .execute(
                () -> {
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  names.add(Thread.currentThread().getName());
                  if (!Thread.currentThread().isDaemon()) {
                    allDaemons.set(false);
                  }
                  running.decrementAndGet();
                  done.countDown();
                });
      }
      assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    assertThat(most.get()).isBetween(1, 3);
    assertThat(allDaemons).isTrue();
    assertThat(names).allMatch(name -> name.startsWith("some-work-"));
  }

  @Test
  void closing_waitsForWhatRuns_andTakesNothingNew() throws InterruptedException {
    Workers workers = Workers.start("some-work", 1);
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    workers
        .executor()
        .execute(
            () -> {
              started.countDown();
              await(go);
            });
    assertThat(started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    go.countDown();
    assertThat(workers.close(PATIENCE)).isTrue();
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> workers.executor().execute(() -> {}));
  }

  @Test
  void closing_interruptsWhatDoesNotEnd() throws InterruptedException {
    Workers workers = Workers.start("some-work", 1);
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    workers
        .executor()
        .execute(
            () -> {
              started.countDown();
              if (!await(new CountDownLatch(1))) {
                interrupted.countDown();
              }
            });
    assertThat(started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(workers.close(Duration.ofMillis(1))).isFalse();
    assertThat(interrupted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void closing_interruptedItself_staysInterrupted() throws InterruptedException {
    Workers workers = Workers.start("some-work", 1);
    CountDownLatch started = new CountDownLatch(1);
    workers
        .executor()
        .execute(
            () -> {
              started.countDown();
              boolean unused = await(new CountDownLatch(1));
            });
    assertThat(started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    Thread.currentThread().interrupt();
    assertThat(workers.close(PATIENCE)).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void executorOfTheApplication_isLeftAlone() {
    AtomicInteger ran = new AtomicInteger();
    Workers workers = Workers.of(Runnable::run);
    assertThat(workers.close(Duration.ZERO)).isTrue();
    workers.executor().execute(ran::incrementAndGet);
    assertThat(ran).hasValue(1);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException stop) {
      return false;
    }
  }
}
