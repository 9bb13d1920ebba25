package dev.tokenlife.scheduler.timer;

/** Is called back by a {@link TimerLoop} for each timer that fell due. */
@FunctionalInterface
public interface DueCallback<T> {
  /**
   * A timer fell due; its handle is spent. Called by one thread of the loop's executor at a time,
   * in the order of the deadlines, with no lock held that {@link TimerLoop#arm} or {@link
   * TimerLoop#cancel} need. It should only hand the work on, because the timers behind it wait.
   * What it throws is logged and harms no other timer.
   *
   * @param deadline the time it was armed for (or the time it was armed at, if that was later), in
   *     milliseconds since the epoch; up to 63 ms and up to 1/64 of the delay ahead of now
   */
  void due(T payload, long deadline);
}
