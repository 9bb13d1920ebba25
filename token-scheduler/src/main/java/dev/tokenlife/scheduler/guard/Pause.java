package dev.tokenlife.scheduler.guard;

import dev.tokenlife.model.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an upstream asked for: no call until a time on the ticker, bounded by an hour. */
final class Pause {
  private static final Duration LONGEST = Duration.ofHours(1);

  private long until;
  private @Nullable FailureKind reason;

  /** Pauses from now on; a shorter wish does not shorten a longer one. */
  void ask(Duration wish, FailureKind why, long now) {
    Duration most = wish.compareTo(LONGEST) > 0 ? LONGEST : wish;
    long end = now + (most.isNegative() ? 0 : most.toNanos());
    if (reason == null || end - until > 0) {
      until = end;
    }
    reason = why;
  }

  /** Returns why calls are put off now; null if they are not. */
  @Nullable FailureKind reason(long now) {
    return left(now) > 0 ? reason : null;
  }

  /** Returns for how long, in nanoseconds; 0 if it is over. */
  long left(long now) {
    return reason == null ? 0 : Math.max(0, until - now);
  }

  /** Returns whether it was asked for and no call has succeeded since. */
  boolean isOpenQuestion() {
    return reason != null;
  }

  /** A call that was sent before does not end what the upstream asked for since. */
  void succeeded(long now) {
    if (left(now) == 0) {
      reason = null;
    }
  }

  void clear() {
    reason = null;
  }
}
