package dev.tokenlife.examples.attendance.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Lets many people act on few threads. */
final class Clockwork {
  private static final int THREADS = 24;

  private final ScheduledThreadPoolExecutor pool;
  private final Findings findings;

  /** What somebody does; says after how long to do it again. */
  @FunctionalInterface
  interface Task {
    Duration run();
  }

  Clockwork(Findings findings) {
    this.findings = findings;
    AtomicInteger number = new AtomicInteger();
    pool =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "simulated-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Does something for everybody, and waits for the last. */
  <T> void all(List<T> people, Consumer<T> action) {
    List<Future<?>> running = new ArrayList<>();
    people.forEach(person -> running.add(pool.submit(() -> action.accept(person))));
    for (Future<?> one : running) {
      try {
        one.get();
      } catch (ExecutionException failure) {
        findings.add("a simulated person failed: " + failure.getCause());
      } catch (InterruptedException ending) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Does something again and again, until it is stopped. */
  void repeat(Task task) {
    later(task, Duration.ZERO);
  }

  /** Starts nothing more, and waits for what is going on. */
  void stop() {
    pool.shutdown();
    try {
      if (!pool.awaitTermination(30, TimeUnit.SECONDS)) {
        findings.add("a simulated person does not stop");
      }
    } catch (InterruptedException ending) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void later(Task task, Duration delay) {
    try {
      Future<?> unused = pool.schedule(() -> once(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopped) {
      // The lesson is over.
    }
  }

  private void once(Task task) {
    try {
      later(task, task.run());
    } catch (RuntimeException failure) {
      findings.add("a simulated person failed: " + failure);
    }
  }
}
