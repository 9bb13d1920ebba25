package dev.tokenlife.testing;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs each task on the thread that brings it, or refuses it, as an executor that is full does. */
public final class RefusingExecutor implements Executor {
  private volatile boolean full;

  /** Creates one that takes everything. */
  public RefusingExecutor() {}

  /** Refuses from now on, or takes everything again. */
  public void full(boolean value) {
    full = value;
  }

  @Override
  public void execute(Runnable task) {
    if (full) {
      throw new RejectedExecutionException("made to refuse");
    }
    task.run();
  }
}
