package dev.tokenlife.crypto;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A chain's id as two numbers: read with every token, so without a detour over bytes. */
record ChainIdBits(long high, long low) {
  private static final int LETTERS = 22;
  private static final byte[] VALUES = new byte[128];

  static {
    Arrays.fill(VALUES, (byte) -1);
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (byte i = 0; i < letters.length(); i++) {
      VALUES[letters.charAt(i)] = i;
    }
  }

  /** Returns null if the text is not an id in its one form. */
  static @Nullable ChainIdBits parse(String id) {
    if (id.length() != LETTERS) {
      return null;
    }
    long first = sixty(id, 0);
    int middle = value(id.charAt(10));
    long second = sixty(id, 11);
    int last = value(id.charAt(21));
    if ((first | middle | second | last) < 0 || (last & 0xF) != 0) {
      return null;
    }
    return new ChainIdBits(
        (first << 4) | (middle >> 2), ((middle & 3L) << 62) | (second << 2) | (last >> 4));
  }

  /** Ten letters; negative if one of them is none. */
  private static long sixty(String id, int from) {
    long bits = 0;
    int wrong = 0;
    for (int i = from; i < from + 10; i++) {
      int value = value(id.charAt(i));
      wrong |= value;
      bits = (bits << 6) | value;
    }
    return wrong < 0 ? -1 : bits;
  }

  private static int value(char letter) {
    return letter < 128 ? VALUES[letter] : -1;
  }
}
