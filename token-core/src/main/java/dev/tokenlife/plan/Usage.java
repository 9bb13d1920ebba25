package dev.tokenlife.plan;

/** How times suit a refresh, as far as it depends on who reads; a value to plan with. */
public interface Usage {
  /** Any time is as good as any other. */
  Usage NONE = at -> 0;

  /**
   * Returns how busy a time is, from 0 for quiet to 1: a time is taken up to four times less often
   * for it, so that those who all know the same quiet hour do not all meet in it.
   */
  double at(long millis);

  /** Returns until when refreshes should keep out from this time on; itself if they need not. */
  default long busyUntil(long millis) {
    return millis;
  }
}
