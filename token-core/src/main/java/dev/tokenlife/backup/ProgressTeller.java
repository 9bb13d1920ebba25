package dev.tokenlife.backup;

import dev.tokenlife.model.Progress;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.function.Consumer;

/** Tells somebody how far it is. */
record ProgressTeller(TimeSource time, long startNanos, long total, Consumer<Progress> told) {
  static ProgressTeller start(TimeSource time, long total, Consumer<Progress> told) {
    return new ProgressTeller(time, time.nanos(), total, told);
  }

  void tell(long done) {
    told.accept(new Progress(done, 0, total, Duration.ofNanos(time.nanos() - startNanos)));
  }
}
