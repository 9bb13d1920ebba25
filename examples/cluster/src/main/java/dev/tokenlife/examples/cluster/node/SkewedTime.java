package dev.tokenlife.examples.cluster.node;

import dev.tokenlife.time.TimeSource;
import java.time.Duration;

/** A machine whose wall clock is wrong by a fixed amount; its ticker is right. */
record SkewedTime(TimeSource machine, Duration by) implements TimeSource {
  @Override
  public long wallMillis() {
    return machine.wallMillis() + by.toMillis();
  }

  @Override
  public long nanos() {
    return machine.nanos();
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    return machine.schedule(delay, task);
  }

  @Override
  public void sleep(Duration delay) throws InterruptedException {
    machine.sleep(delay);
  }
}
