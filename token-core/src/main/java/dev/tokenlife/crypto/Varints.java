package dev.tokenlife.crypto;

/** Numbers of up to 63 bits in as few bytes as they need (LEB128); one form per number. */
final class Varints {
  private static final int MAX_BYTES = 9;

  private Varints() {}

  /** Returns how many bytes a number takes. */
  static int size(long value) {
    return 1 + (63 - Long.numberOfLeadingZeros(value | 1)) / 7;
  }

  static int put(byte[] bytes, int from, long value) {
    int at = from;
    long rest = value;
    while (rest > 0x7F) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at] = (byte) rest;
    return at + 1;
  }

  /** Returns where the number at {@code from} ends; -1 if there is none in its shortest form. */
  static int end(byte[] bytes, int from) {
    if (from < 0) {
      return -1;
    }
    int at = from;
    while (at < bytes.length && bytes[at] < 0) {
      at++;
    }
    boolean whole = at < bytes.length && at - from < MAX_BYTES;
    boolean shortest = at == from || (whole && bytes[at] != 0);
    return whole && shortest ? at + 1 : -1;
  }

  static long get(byte[] bytes, int from, int end) {
    long value = 0;
    for (int at = end - 1; at >= from; at--) {
      value = (value << 7) | (bytes[at] & 0x7F);
    }
    return value;
  }
}
