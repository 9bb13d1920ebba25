package dev.tokenlife.scheduler.timer;

/**
 * Paces what is handed out after a stall (a suspend, a clock step, a starved machine), so that its
 * end is not a herd. It begins when a timer is more than {@value #STALL_MILLIS} ms late and ends
 * when one is not. The rate doubles each second, so it always catches up with what goes on falling
 * due.
 */
final class CatchUp {
  /** How late a timer is, in milliseconds, when something is wrong with the time. */
  static final long STALL_MILLIS = 1_000;

  /** The length of a slice of time, in milliseconds, each with its allowance. */
  static final long SLICE_MILLIS = 10;

  private final int perSecond;
  private boolean on;
  private long since;
  private long sliceEnd;
  private int left;

  CatchUp(int perSecond) {
    if (perSecond < 100) {
      throw new IllegalArgumentException("catch up by 100 a second or more, not by " + perSecond);
    }
    this.perSecond = perSecond;
  }

  boolean isOn() {
    return on;
  }

  /** Returns how many may be handed out now; 0 means not before the next slice of time. */
  int allowance(long now) {
    if (!on) {
      return Integer.MAX_VALUE;
    }
    if (now >= sliceEnd) {
      sliceEnd = now + SLICE_MILLIS;
      long doubled = Math.min(10, (now - since) / 1_000);
      left =
          (int) Math.min(Integer.MAX_VALUE, ((long) perSecond << doubled) * SLICE_MILLIS / 1_000);
    }
    return left;
  }

  /**
   * Is told that a batch was handed out, and how late its first timer was; none and 0 when nothing
   * is due.
   *
   * @return whether this began or ended the catching up
   */
  boolean handedOut(int count, long lateMillis, long now) {
    boolean before = on;
    on = lateMillis > STALL_MILLIS;
    left -= count;
    if (on && !before) {
      since = now;
      sliceEnd = now + SLICE_MILLIS;
      left = 0;
    }
    return before != on;
  }
}
