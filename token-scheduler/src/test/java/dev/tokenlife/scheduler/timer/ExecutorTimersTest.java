package dev.tokenlife.scheduler.timer;

import dev.tokenlife.time.VirtualTime;

final class ExecutorTimersTest extends TimersLaws {
  @Override
  Timers create(VirtualTime time) {
    return new ExecutorTimers(new VirtualExecutor(time));
  }
}
