package dev.tokenlife.reseal;

import dev.tokenlife.time.TimeSource;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;

/** Virtual time in which a sleep passes by itself. */
final class PacedTime implements TimeSource {
  final VirtualTime time = new VirtualTime();
  private boolean interrupted;

  /** The next sleep is interrupted. */
  void interrupt() {
    interrupted = true;
  }

  @Override
  public long wallMillis() {
    return time.wallMillis();
  }

  @Override
  public long nanos() {
    return time.nanos();
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    return time.schedule(delay, task);
  }

  @Override
  public void sleep(Duration delay) throws InterruptedException {
    if (interrupted) {
      interrupted = false;
      throw new InterruptedException("stopped by hand");
    }
    time.advance(delay);
  }
}
