package dev.tokenlife.scheduler.timer;

import static dev.tokenlife.scheduler.timer.TimerRecords.NIL;

/**
 * A hierarchical timing wheel in arrays of numbers: arming, moving and cancelling cost the same
 * whether one timer is armed or ten million, and nothing is ever swept.
 *
 * <p>A timer is put where its delay says, see {@link Buckets}. Buckets of up to {@code 8^2} ms fire
 * as a whole at their first millisecond: early by less than 64 ms and by at most 1/64 of the delay.
 * A coarser bucket is opened {@value #LEAD} ms before its first millisecond and its timers are put
 * into finer ones, a bounded number for each {@link #drain}; so timers that were spread over its
 * length do not fire as one herd. That happens once or twice in a timer's life.
 */
final class WheelTimers implements Timers {
  /** The coarsest level that fires as it is. */
  private static final int FINE = 2;

  /** How long before its time a coarser bucket is opened, in milliseconds. */
  private static final long LEAD = 4096;

  /** The delay from which on a timer goes into a bucket that is opened, in milliseconds. */
  private static final long FAR = 1L << (3 * (FINE + 1) + 6);

  /** How many timers one drain puts into finer buckets. */
  private static final int REFINED_AT_ONCE = 512;

  /** Marks in a first record's link back that it heads a list of {@link Chains}, and of which. */
  private static final int IN_CHAINS = 1 << 30;

  private static final int IN_COARSE = 1 << 29;

  private final TimerRecords records = new TimerRecords();
  private final Buckets buckets = new Buckets();
  private final Chains fine = new Chains();
  private final Chains coarse = new Chains();
  private long cursor;
  private long bound = Long.MAX_VALUE;

  /**
   * A far deadline goes into a bucket that is opened before it fires, and by the time of then;
   * until then the time of the last call does, since a loop with anything armed calls twice a
   * minute.
   */
  @Override
  public boolean needsTime(long deadline) {
    return size() == 0 || deadline < cursor + FAR;
  }

  @Override
  public long arm(long deadline, long now) {
    moveTo(now);
    int slot = records.take();
    link(slot, deadline);
    return records.handle(slot);
  }

  @Override
  public boolean rearm(long handle, long deadline, long now) {
    int slot = records.find(handle);
    if (slot == NIL) {
      return false;
    }
    moveTo(now);
    unlink(slot);
    link(slot, deadline);
    return true;
  }

  @Override
  public boolean cancel(long handle) {
    int slot = records.find(handle);
    if (slot == NIL) {
      return false;
    }
    unlink(slot);
    records.give(slot);
    return true;
  }

  @Override
  public boolean isArmed(long handle) {
    return records.find(handle) != NIL;
  }

  @Override
  public int size() {
    return records.live();
  }

  @Override
  public long nextWake(long now) {
    moveTo(now);
    if (size() == 0) {
      return Long.MAX_VALUE;
    }
    return fine.isEmpty() && coarse.isEmpty() ? bound : cursor;
  }

  @Override
  public int drain(long now, int max, Firing firing) {
    moveTo(now);
    long at = cursor;
    int fired = 0;
    for (int refined = 0; fired < max && refined < REFINED_AT_ONCE; ) {
      boolean isCoarse = coarseFirst();
      Chains chains = isCoarse ? coarse : fine;
      if (chains.isEmpty()) {
        break;
      }
      int slot = chains.head();
      long deadline = records.deadline(slot, chains.start());
      unlink(slot);
      if (isCoarse && deadline > at) {
        link(slot, deadline);
        refined++;
      } else {
        long handle = records.handle(slot);
        records.give(slot);
        fired++;
        firing.fire(handle, deadline);
      }
    }
    return fired;
  }

  @Override
  public void clear() {
    records.clear();
    buckets.clear();
    fine.clear();
    coarse.clear();
    bound = Long.MAX_VALUE;
  }

  /** Returns how many bytes the records hold, which is all that grows with the number of timers. */
  long bytes() {
    return records.bytes();
  }

  /** Firing goes before opening, except what should have been opened before that was due. */
  private boolean coarseFirst() {
    return !coarse.isEmpty() && (fine.isEmpty() || coarse.start() < fine.start());
  }

  private void link(int slot, long deadline) {
    long delay = deadline <= cursor ? 0 : Math.min(deadline - cursor, Buckets.MAX_DELAY);
    long due = cursor + delay;
    int level = Buckets.level(delay);
    long bucket = Buckets.bucket(level, due);
    int place = Buckets.place(level, bucket);
    int head = buckets.head(place);
    records.place(slot, head, ~place, due);
    if (head != NIL) {
      records.setPrev(head, slot);
    }
    buckets.setHead(place, slot);
    bound = Math.min(bound, wake(level, bucket));
  }

  private void unlink(int slot) {
    int next = records.next(slot);
    int prev = records.prev(slot);
    if (next != NIL) {
      records.setPrev(next, prev);
    }
    if (prev >= 0) {
      records.setNext(prev, next);
    } else if ((~prev & IN_CHAINS) == 0) {
      buckets.setHead(~prev, next);
    } else {
      ((~prev & IN_COARSE) == 0 ? fine : coarse).setHead(~prev & Chains.SEQUENCE, next);
    }
  }

  private void moveTo(long now) {
    long to = Math.max(now, cursor);
    if (to >= bound) {
      takeDue(to);
    }
    cursor = to;
  }

  /** Takes every bucket whose time has come out of the wheel, a whole list at a time. */
  private void takeDue(long now) {
    bound = takeDue(0, FINE, fine, IN_CHAINS, now);
    bound =
        Math.min(bound, takeDue(FINE + 1, Buckets.LEVELS - 1, coarse, IN_CHAINS | IN_COARSE, now));
  }

  private long takeDue(int from, int to, Chains chains, int mark, long now) {
    while (true) {
      long earliest = Long.MAX_VALUE;
      int level = from;
      long bucket = Buckets.NONE;
      for (int l = from; l <= to; l++) {
        long first = buckets.first(l, cursor);
        if (first != Buckets.NONE && Buckets.start(l, first) < earliest) {
          earliest = Buckets.start(l, first);
          level = l;
          bucket = first;
        }
      }
      if (bucket == Buckets.NONE || wake(level, bucket) > now) {
        return bucket == Buckets.NONE ? Long.MAX_VALUE : wake(level, bucket);
      }
      int place = Buckets.place(level, bucket);
      int head = buckets.head(place);
      buckets.setHead(place, NIL);
      records.setPrev(head, ~(mark | chains.nextSequence()));
      chains.add(head, earliest);
    }
  }

  private static long wake(int level, long bucket) {
    long start = Buckets.start(level, bucket);
    return level <= FINE ? start : start - LEAD;
  }
}
