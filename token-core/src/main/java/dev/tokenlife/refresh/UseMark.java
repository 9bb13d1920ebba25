package dev.tokenlife.refresh;

import dev.tokenlife.plan.Habit;
import org.jspecify.annotations.Nullable;

/**
 * Whether a chain was read since its last plan. Lossy on purpose: readers of all threads write it
 * without a fence, and only if it is not set, so that a hot chain costs them one comparison. Its
 * monitor guards the habit.
 */
abstract class UseMark {
  private static final byte UNREAD = 0;

  /** Read, and its habit has been told. */
  private static final byte TOLD = 1;

  /** Read, but not since somebody looked for a gap. */
  private static final byte EARLIER = 2;

  private static final byte READ = 3;

  private byte mark = UNREAD;
  private @Nullable Habit habit;

  /** A reader was here. */
  final void markRead() {
    if (mark != READ) {
      mark = READ;
    }
  }

  final boolean isRead() {
    return mark != UNREAD;
  }

  /** Clears it; returns whether it was set. */
  final boolean takeRead() {
    boolean was = mark != UNREAD;
    mark = UNREAD;
    return was;
  }

  /** Returns whether anybody read since this was asked last, or since the last plan. */
  final boolean isReadAgain() {
    if (mark != READ) {
      return false;
    }
    mark = EARLIER;
    return true;
  }

  /** Tells the habit what was seen since it was told last; returns it. */
  final synchronized Habit learn(long now) {
    Habit known = habit;
    if (known == null) {
      known = new Habit(now);
      habit = known;
    }
    known.observe(now, mark > TOLD);
    if (mark > TOLD) {
      mark = TOLD;
    }
    return known;
  }
}
