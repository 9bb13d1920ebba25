package dev.tokenlife.refresh;

import dev.tokenlife.execution.Workers;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks on workers that may be full for a moment: what has to go on is offered again. */
final class TaskRunner {
  private static final Logger log = LoggerFactory.getLogger(TaskRunner.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Workers workers;
  private final TimeSource time;
  private final BooleanSupplier closed;

  TaskRunner(Workers workers, TimeSource time, BooleanSupplier closed) {
    this.workers = workers;
    this.time = time;
    this.closed = closed;
  }

  /** Runs a task; while the workers take nothing, it is offered again. */
  void run(Runnable task) {
    if (tryRun(task)) {
      return;
    }
    if (closed.getAsBoolean()) {
      log.info("Work for a chain was dropped: this instance was closed before it could go on");
    } else {
      log.warn("No thread for work that has to go on; trying again");
      later(AGAIN, task);
    }
  }

  /** Runs a task after a delay. */
  void later(Duration delay, Runnable task) {
    time.schedule(delay, () -> run(task));
  }

  /** Runs a task; on this thread while the workers take nothing. */
  void orHere(Runnable task) {
    if (!tryRun(task)) {
      task.run();
    }
  }

  /** Returns whether the workers took a task. */
  boolean tryRun(Runnable task) {
    try {
      workers.executor().execute(task);
      return true;
    } catch (RejectedExecutionException full) {
      return false;
    }
  }
}
