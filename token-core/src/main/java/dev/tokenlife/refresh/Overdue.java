package dev.tokenlife.refresh;

import dev.tokenlife.execution.Workers;
import dev.tokenlife.time.TimeSource;
import dev.tokenlife.time.TimeSource.Cancellable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The deadline of a call that the current thread is about to make. When it passes, the thread is
 * interrupted and counts as lost until the call returns; an interrupt never reaches what the thread
 * does after the call.
 */
final class Overdue implements AutoCloseable {
  private final Workers workers;
  private final Runnable onOverdue;
  private final Cancellable timer;
  private @Nullable Thread caller = Thread.currentThread();
  private boolean settled;
  private boolean lost;

  /** Starts the clock; {@code onOverdue} runs on the timer thread and must not block. */
  Overdue(TimeSource time, Duration deadline, Workers workers, Runnable onOverdue) {
    this.workers = workers;
    this.onOverdue = onOverdue;
    this.timer = time.schedule(deadline, this::expire);
  }

  /** The call has returned. Returns whether it did in time. */
  boolean returned() {
    timer.cancel();
    synchronized (this) {
      boolean first = !settled;
      settled = true;
      caller = null;
      if (!first) {
        Thread.interrupted();
      }
      return first;
    }
  }

  /** The thread is free for other work. */
  @Override
  public void close() {
    boolean found;
    synchronized (this) {
      found = lost;
      lost = false;
    }
    if (found) {
      workers.found();
    }
  }

  private void expire() {
    synchronized (this) {
      if (settled || caller == null) {
        return;
      }
      settled = true;
      lost = true;
      workers.lost();
      caller.interrupt();
    }
    onOverdue.run();
  }
}
