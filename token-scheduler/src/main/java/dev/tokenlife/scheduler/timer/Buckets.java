package dev.tokenlife.scheduler.timer;

import java.util.Arrays;

/**
 * The buckets of the wheel: 11 levels of 512, each level eight times as coarse as the one before.
 *
 * <p>A bucket of level n holds the deadlines of 8^n milliseconds. A delay of 64 * 8^n or more goes
 * to level n, so a bucket is never longer than 1/64 of the delays in it. What a level can hold at a
 * time is 512 buckets in a row, so a bucket's number modulo 512 is its place. A bitmap tells which
 * places hold anything.
 */
final class Buckets {
  static final int LEVELS = 11;

  private static final int PLACE_BITS = 9;

  /** The longest delay, 17 years. */
  static final long MAX_DELAY = (1L << (3 * (LEVELS - 1) + PLACE_BITS)) - 1;

  /** No bucket. */
  static final long NONE = -1;

  private static final int PLACES = 1 << PLACE_BITS;
  private static final int WORDS = PLACES / 64;

  private final int[] heads = new int[LEVELS * PLACES];
  private final long[] filled = new long[LEVELS * WORDS];

  Buckets() {
    clear();
  }

  void clear() {
    Arrays.fill(heads, TimerRecords.NIL);
    Arrays.fill(filled, 0);
  }

  /** Returns the level for a delay of 0 to {@link #MAX_DELAY}. */
  static int level(long delay) {
    return (57 - Long.numberOfLeadingZeros(delay | 256)) / 3;
  }

  /** Returns the number of the bucket that a time falls into. */
  static long bucket(int level, long time) {
    return time >> (3 * level);
  }

  /** Returns the first millisecond of a bucket. */
  static long start(int level, long bucket) {
    return bucket << (3 * level);
  }

  /** Returns the place of a bucket, by which the other methods name it. */
  static int place(int level, long bucket) {
    return (level << PLACE_BITS) | ((int) bucket & (PLACES - 1));
  }

  int head(int place) {
    return heads[place];
  }

  void setHead(int place, int slot) {
    heads[place] = slot;
    if (slot == TimerRecords.NIL) {
      filled[place >>> 6] &= ~(1L << place);
    } else {
      filled[place >>> 6] |= 1L << place;
    }
  }

  /**
   * Returns the earliest bucket of a level that holds anything, or {@link #NONE}.
   *
   * @param now the time up to which buckets have been taken out; at the finest level a bucket is as
   *     long as a tick and may be filled again while it lasts
   */
  long first(int level, long now) {
    long from = level == 0 ? now : bucket(level, now) + 1;
    int base = (int) from & (PLACES - 1);
    int place = nextFilled(level, base);
    return place < 0 ? NONE : from + ((place - base) & (PLACES - 1));
  }

  private int nextFilled(int level, int from) {
    int word = from >>> 6;
    long bits = filled[level * WORDS + word] & (-1L << from);
    for (int i = 0; i < WORDS && bits == 0; i++) {
      word = (word + 1) & (WORDS - 1);
      bits = filled[level * WORDS + word];
    }
    return bits == 0 ? -1 : (word << 6) | Long.numberOfTrailingZeros(bits);
  }
}
