package dev.tokenlife.crypto;

import java.util.Arrays;

/**
 * Length-prefixed fields in one growing buffer: no two lists of fields give the same bytes. Not
 * thread-safe.
 */
final class Fields {
  private byte[] bytes = new byte[256];
  private int length;

  Fields clear() {
    length = 0;
    return this;
  }

  /** Adds a number as 8 bytes. */
  Fields number(long value) {
    reserve(9);
    bytes[length] = 8;
    Longs.put(bytes, length + 1, value);
    length += 9;
    return this;
  }

  /** Adds two numbers as one field of 16 bytes. */
  Fields pair(long high, long low) {
    reserve(17);
    bytes[length] = 16;
    Longs.put(bytes, length + 1, high);
    Longs.put(bytes, length + 9, low);
    length += 17;
    return this;
  }

  /**
   * Adds a text: its UTF-8 form, with every UTF-16 unit on its own (CESU-8), so that unpaired
   * surrogates stay different texts too.
   */
  Fields text(String value) {
    int units = value.length();
    reserve(5 + 3 * units);
    byte[] to = bytes;
    int at = length + 1;
    for (int i = 0; i < units; i++) {
      char unit = value.charAt(i);
      if (unit >= 0x80) {
        return wide(value, i, at);
      }
      to[at++] = (byte) unit;
    }
    prefix(units, at);
    return this;
  }

  /** Adds fields that were written before, see {@link #copy}. */
  Fields fields(byte[] written) {
    reserve(written.length);
    System.arraycopy(written, 0, bytes, length, written.length);
    length += written.length;
    return this;
  }

  /** Returns the fields so far. */
  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  byte[] buffer() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Goes on with a text from its first unit that takes more than one byte. */
  private Fields wide(String value, int from, int start) {
    int at = start;
    for (int i = from; i < value.length(); i++) {
      char unit = value.charAt(i);
      if (unit < 0x80) {
        bytes[at++] = (byte) unit;
        continue;
      }
      if (unit < 0x800) {
        bytes[at++] = (byte) (0xC0 | (unit >> 6));
      } else {
        bytes[at++] = (byte) (0xE0 | (unit >> 12));
        bytes[at++] = (byte) (0x80 | ((unit >> 6) & 0x3F));
      }
      bytes[at++] = (byte) (0x80 | (unit & 0x3F));
    }
    prefix(at - length - 1, at);
    return this;
  }

  /** Writes the length before a field that was written one byte after it. */
  private void prefix(int size, int end) {
    if (size < 0x80) {
      bytes[length] = (byte) size;
      length = end;
      return;
    }
    System.arraycopy(bytes, length + 1, bytes, length + 5, size);
    bytes[length] = (byte) (0x80 | (size >>> 28));
    bytes[length + 1] = (byte) ((size >>> 21) & 0x7F);
    bytes[length + 2] = (byte) ((size >>> 14) & 0x7F);
    bytes[length + 3] = (byte) ((size >>> 7) & 0x7F);
    bytes[length + 4] = (byte) (size & 0x7F);
    length = end + 4;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
    }
  }
}
