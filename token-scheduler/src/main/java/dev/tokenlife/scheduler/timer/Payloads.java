package dev.tokenlife.scheduler.timer;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What belongs to each armed timer, by the slot of its handle; grown by a chunk at a time. */
final class Payloads<T> {
  private static final int CHUNK_BITS = 14;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final int FIRST = 64;

  private @Nullable Object[][] chunks = {};

  void put(int slot, T payload) {
    int chunk = slot >>> CHUNK_BITS;
    int at = slot & CHUNK - 1;
    if (chunk >= chunks.length || at >= chunks[chunk].length) {
      grow(chunk, at);
    }
    chunks[chunk][at] = payload;
  }

  /** Returns the payload of a slot and forgets it. */
  @SuppressWarnings("unchecked")
  T take(int slot) {
    @Nullable Object[] chunk = chunks[slot >>> CHUNK_BITS];
    int at = slot & CHUNK - 1;
    T payload = (T) Objects.requireNonNull(chunk[at]);
    chunk[at] = null;
    return payload;
  }

  /** Forgets the payload of a slot, without waiting for memory to say which it was. */
  void drop(int slot) {
    chunks[slot >>> CHUNK_BITS][slot & (CHUNK - 1)] = null;
  }

  /** Lets everything go. */
  void clear() {
    chunks = new Object[0][];
  }

  /** Lets all memory go but the first chunk; for when nothing is armed. */
  void trim() {
    if (chunks.length > 1) {
      chunks = Arrays.copyOf(chunks, 1);
    }
  }

  private void grow(int chunk, int at) {
    if (chunk >= chunks.length) {
      int before = chunks.length;
      chunks = Arrays.copyOf(chunks, chunk + 1);
      Arrays.fill(chunks, before, chunks.length, new Object[0]);
    }
    int length = chunk > 0 ? CHUNK : Math.max(FIRST, Integer.highestOneBit(at) * 2);
    chunks[chunk] = Arrays.copyOf(chunks[chunk], length);
  }
}
