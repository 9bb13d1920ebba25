package dev.tokenlife.scheduler.timer;

import dev.tokenlife.time.ProcessClock;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A loop in virtual time whose turns run on the advancing thread, and what it called back. */
final class LoopFixture {
  final VirtualTime time = new VirtualTime();
  final ProcessClock clock = new ProcessClock(time);
  final List<Fired> fired = new ArrayList<>();
  final TimerLoop<String> loop = new TimerLoop<>(clock, Runnable::run, this::due);

  record Fired(String payload, long deadline, long at) {}

  void due(String payload, long deadline) {
    fired.add(new Fired(payload, deadline, clock.now()));
  }

  long in(long millis) {
    return clock.now() + millis;
  }

  List<String> advance(long millis) {
    fired.clear();
    time.advance(Duration.ofMillis(millis));
    return fired.stream().map(Fired::payload).toList();
  }
}
