package dev.tokenlife.memory;

import com.github.benmanes.caffeine.cache.Scheduler;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets Caffeine wake up by the timers of a time source, so that it has no thread of its own. */
record TimerScheduler(TimeSource time) implements Scheduler {
  @Override
  public Future<?> schedule(Executor executor, Runnable command, long delay, TimeUnit unit) {
    WakeUp wakeUp = new WakeUp(() -> executor.execute(command));
    wakeUp.armed = time.schedule(Duration.of(delay, unit.toChronoUnit()), wakeUp);
    return wakeUp;
  }

  private static final class WakeUp extends FutureTask<Boolean> {
    private volatile TimeSource.@Nullable Cancellable armed;

    private WakeUp(Runnable task) {
      super(task, true);
    }

    @Override
    protected void done() {
      TimeSource.Cancellable timer = armed;
      if (isCancelled() && timer != null) {
        timer.cancel();
      }
    }
  }
}
