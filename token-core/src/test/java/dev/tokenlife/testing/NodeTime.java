package dev.tokenlife.testing;

import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The time of one of several processes in one test: the ticker of the time it is made from, a wall
 * clock of its own, and timers that a pause delays and a crash ends. Safe for use by many threads.
 */
public final class NodeTime implements TimeSource {
  private final TimeSource time;
  private final Queue<Runnable> missed = new ArrayDeque<>();
  private long skewMillis;
  private boolean paused;
  private boolean dead;

  /** A process that lives by this time, with the right wall clock. */
  public NodeTime(TimeSource time) {
    this.time = time;
  }

  @Override
  public synchronized long wallMillis() {
    return time.wallMillis() + skewMillis;
  }

  @Override
  public long nanos() {
    return time.nanos();
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    AtomicBoolean live = new AtomicBoolean(true);
    Runnable once =
        () -> {
          if (live.getAndSet(false)) {
            task.run();
          }
        };
    Cancellable armed = time.schedule(delay, () -> fire(once));
    return () -> {
      live.set(false);
      armed.cancel();
    };
  }

  @Override
  public void sleep(Duration delay) throws InterruptedException {
    time.sleep(delay);
  }

  /** Steps this process's wall clock alone. */
  public synchronized void stepWall(Duration by) {
    skewMillis += by.toMillis();
  }

  /** Stops the timers, as a debugger or a long collection does; the ticker goes on. */
  public synchronized void pause() {
    paused = true;
  }

  /** Goes on: what fell due meanwhile runs now. */
  public void resume() {
    while (true) {
      Runnable next;
      synchronized (this) {
        paused = false;
        next = missed.poll();
      }
      if (next == null) {
        return;
      }
      next.run();
    }
  }

  /** Ends the process: no timer of it ever runs again. */
  public synchronized void crash() {
    dead = true;
    missed.clear();
  }

  private void fire(Runnable task) {
    synchronized (this) {
      if (dead) {
        return;
      }
      if (paused) {
        missed.add(task);
        return;
      }
    }
    task.run();
  }
}
