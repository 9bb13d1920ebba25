package dev.tokenlife.scheduler.timer;

import java.util.Arrays;

/**
 * The records of timers: 16 bytes each, in arrays that the garbage collector never looks into.
 *
 * <p>A record is four numbers side by side, so that one access to memory brings all of them: the
 * two links of the list it is in, the low half of its deadline, and its mark. The mark is drawn
 * anew each time a record is taken and is 0 while it is free: that is what tells a stale handle.
 * Free records are linked and the last one freed is taken first. Memory grows by a chunk at a time;
 * it is copied only up to the size of the first chunk.
 */
final class TimerRecords {
  /** No record. */
  static final int NIL = -1;

  private static final int CHUNK_BITS = 14;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final int FIRST = 64;
  private static final int WIDTH_BITS = 2;
  private static final int NEXT = 0;
  private static final int PREV = 1;
  private static final int LOW = 2;
  private static final int MARK = 3;

  private int[][] chunks = {};
  private int capacity;
  private int used;
  private int live;
  private int free = NIL;
  private int lastMark;

  /** Takes a free record and gives it a new mark. */
  int take() {
    int slot = free;
    if (slot == NIL) {
      if (used == capacity) {
        grow();
      }
      slot = used++;
    } else {
      free = next(slot);
    }
    live++;
    lastMark = lastMark == -1 ? 1 : lastMark + 1;
    set(slot, MARK, lastMark);
    return slot;
  }

  /** Frees a record; its handle matches nothing from here on. */
  void give(int slot) {
    set(slot, MARK, 0);
    set(slot, NEXT, free);
    free = slot;
    if (--live == 0 && capacity > CHUNK) {
      clear();
    }
  }

  /** Lets all memory go. Marks go on, so that old handles stay stale. */
  void clear() {
    chunks = new int[0][];
    capacity = 0;
    used = 0;
    live = 0;
    free = NIL;
  }

  int live() {
    return live;
  }

  long handle(int slot) {
    return ((long) get(slot, MARK) << 32) | slot;
  }

  /** Returns the record of a handle, or {@link #NIL} if its timer is gone. */
  int find(long handle) {
    int slot = Timers.slot(handle);
    int mark = (int) (handle >>> 32);
    return slot >= 0 && slot < used && mark != 0 && get(slot, MARK) == mark ? slot : NIL;
  }

  int next(int slot) {
    return get(slot, NEXT);
  }

  int prev(int slot) {
    return get(slot, PREV);
  }

  void setNext(int slot, int next) {
    set(slot, NEXT, next);
  }

  void setPrev(int slot, int prev) {
    set(slot, PREV, prev);
  }

  /** Sets the links and the deadline of a record at once. */
  void place(int slot, int next, int prev, long deadline) {
    int[] chunk = chunks[slot >>> CHUNK_BITS];
    int at = (slot & (CHUNK - 1)) << WIDTH_BITS;
    chunk[at + NEXT] = next;
    chunk[at + PREV] = prev;
    chunk[at + LOW] = (int) deadline;
  }

  /** Returns a deadline from its low half, given a time at most 2^32 ms before it. */
  long deadline(int slot, long notAfter) {
    return notAfter + ((get(slot, LOW) - (int) notAfter) & 0xFFFF_FFFFL);
  }

  /** Returns how many bytes of memory the records hold. */
  long bytes() {
    long bytes = 4L * chunks.length;
    for (int[] chunk : chunks) {
      bytes += chunk.length * 4L + 16;
    }
    return bytes;
  }

  private int get(int slot, int field) {
    return chunks[slot >>> CHUNK_BITS][((slot & (CHUNK - 1)) << WIDTH_BITS) | field];
  }

  private void set(int slot, int field, int value) {
    chunks[slot >>> CHUNK_BITS][((slot & (CHUNK - 1)) << WIDTH_BITS) | field] = value;
  }

  private void grow() {
    if (capacity < CHUNK) {
      int[] first = capacity == 0 ? new int[0] : chunks[0];
      int records = Math.max(FIRST, capacity * 2);
      chunks = new int[][] {Arrays.copyOf(first, records << WIDTH_BITS)};
      capacity = records;
    } else {
      int[][] more = Arrays.copyOf(chunks, chunks.length + 1);
      more[chunks.length] = new int[CHUNK << WIDTH_BITS];
      chunks = more;
      capacity += CHUNK;
    }
  }
}
