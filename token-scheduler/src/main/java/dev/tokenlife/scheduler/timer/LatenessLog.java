package dev.tokenlife.scheduler.timer;

/** Counts how late timers were, in 64 classes that each double the one before. */
final class LatenessLog {
  private final long[] classes = new long[64];
  private long fired;
  private long last;
  private long max;

  void record(long lateMillis) {
    last = Math.max(0, lateMillis);
    max = Math.max(max, last);
    fired++;
    classes[64 - Long.numberOfLeadingZeros(last)]++;
  }

  Lateness read() {
    long beyond = fired / 100;
    int at = classes.length - 1;
    for (long above = classes[at]; at > 0 && above <= beyond; above += classes[at]) {
      at--;
    }
    return new Lateness(fired, last, max, fired == 0 ? 0 : Math.min(max, (1L << at) - 1));
  }
}
