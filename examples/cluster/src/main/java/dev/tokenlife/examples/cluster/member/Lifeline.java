package dev.tokenlife.examples.cluster.member;

import java.util.ArrayList;
import java.util.List;

/** When a process was able to do something. Safe for use by many threads. */
public final class Lifeline {
  private final List<Change> changes = new ArrayList<>();

  /** From here on it is able, or not. */
  private record Change(long nanos, boolean able) {}

  /** It is able from this time on. */
  public Lifeline(long nanos) {
    change(nanos, true);
  }

  /** It is able from this time on, or not; later than all changes before. */
  public synchronized void change(long nanos, boolean able) {
    changes.add(new Change(nanos, able));
  }

  /** Returns for how long it was able between two times, in nanoseconds. */
  public synchronized long able(long from, long to) {
    long sum = 0;
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      long end = i + 1 < changes.size() ? changes.get(i + 1).nanos() : to;
      if (change.able()) {
        sum += Math.max(0, Math.min(end, to) - Math.max(change.nanos(), from));
      }
    }
    return sum;
  }

  /** Returns whether it was unable at some time between two times. */
  public synchronized boolean stood(long from, long to) {
    return to - from > able(from, to) + 1_000_000;
  }
}
