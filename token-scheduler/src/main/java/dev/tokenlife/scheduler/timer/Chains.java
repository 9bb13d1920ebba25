package dev.tokenlife.scheduler.timer;

import java.util.Arrays;

/**
 * What was taken out of the wheel and waits for its turn: lists of timers, one for each bucket, in
 * the order of their times. A list keeps its sequence number while it moves up, so that the timer
 * at its head can still be cancelled.
 */
final class Chains {
  /** The bits of a sequence number. */
  static final int SEQUENCE = (1 << 29) - 1;

  private int[] heads = new int[16];
  private long[] starts = new long[16];
  private int first;
  private int end;

  /** Appends a list whose bucket starts at a time not before the last one's. */
  void add(int head, long start) {
    if (end - first == heads.length) {
      grow();
    }
    heads[end & (heads.length - 1)] = head;
    starts[end & (heads.length - 1)] = start;
    end++;
  }

  /** Returns the sequence number that the next list gets. */
  int nextSequence() {
    return end & SEQUENCE;
  }

  /** Drops the lists at the front that have become empty and returns whether any is left. */
  boolean isEmpty() {
    while (first != end && head() == TimerRecords.NIL) {
      first++;
    }
    return first == end;
  }

  int head() {
    return heads[first & (heads.length - 1)];
  }

  long start() {
    return starts[first & (heads.length - 1)];
  }

  int sequence() {
    return first & SEQUENCE;
  }

  void setHead(int sequence, int slot) {
    heads[sequence & (heads.length - 1)] = slot;
  }

  void clear() {
    heads = new int[16];
    starts = new long[16];
    first = end;
  }

  private void grow() {
    int[] oldHeads = heads;
    long[] oldStarts = starts;
    heads = Arrays.copyOf(oldHeads, oldHeads.length * 2);
    starts = Arrays.copyOf(oldStarts, oldStarts.length * 2);
    for (int i = first; i != end; i++) {
      heads[i & (heads.length - 1)] = oldHeads[i & (oldHeads.length - 1)];
      starts[i & (heads.length - 1)] = oldStarts[i & (oldHeads.length - 1)];
    }
  }
}
