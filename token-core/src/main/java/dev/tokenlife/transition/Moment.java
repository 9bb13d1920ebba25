package dev.tokenlife.transition;

import dev.tokenlife.model.ChainRow;
import org.jspecify.annotations.Nullable;

/**
 * The time a decision is made at, reconciled with the row's own.
 *
 * <p>A row written a little ahead of this process's clock pulls the decision forward, so that time
 * never goes back along a chain. A row further ahead than {@value #MAX_SKEW_MILLIS} ms was written
 * by a fast clock; it is judged at the process's time and its tokens count as expired.
 *
 * @param now epoch milliseconds
 * @param far whether the row was written by a clock more than the allowed skew ahead
 */
record Moment(long now, boolean far) {
  /** How far another process's clock may be ahead, in milliseconds. */
  static final long MAX_SKEW_MILLIS = 5_000;

  static Moment of(@Nullable ChainRow row, long processNow) {
    if (row == null) {
      return new Moment(processNow, false);
    }
    long lastAt = row.control().lastAt();
    return lastAt - processNow > MAX_SKEW_MILLIS
        ? new Moment(processNow, true)
        : new Moment(Math.max(processNow, lastAt), false);
  }
}
