package dev.tokenlife.crypto;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells a random secret from one that somebody typed or copied. It cannot prove randomness; a
 * random key of 32 bytes is refused less than once in a billion.
 */
final class KeyStrength {
  static final int MIN_BYTES = 32;
  static final int MAX_BYTES = 128;

  private static final int MIN_DISTINCT = 16;
  private static final List<String> DEFAULTS =
      List.of(
          "changeme",
          "change_me",
          "change-me",
          "password",
          "topsecret",
          "mysecret",
          "secretkey",
          "default",
          "example",
          "insecure",
          "qwertyu",
          "letmein");

  private KeyStrength() {}

  /** Returns what is wrong with a decoded key, or null; never quotes it. */
  static @Nullable String flaw(byte[] key, String text) {
    if (key.length < MIN_BYTES) {
      return "it has " + 8 * key.length + " bits, and 256 are needed";
    }
    if (key.length > MAX_BYTES) {
      return "it is longer than " + MAX_BYTES + " bytes";
    }
    if (known(text) || known(new String(key, StandardCharsets.ISO_8859_1))) {
      return "it contains a well-known default";
    }
    if (text.equals(text.toLowerCase(Locale.ROOT)) || text.equals(text.toUpperCase(Locale.ROOT))) {
      return "its base64 text has letters of one case only, so it is words or hexadecimal digits";
    }
    return pattern(key);
  }

  private static @Nullable String pattern(byte[] key) {
    if (distinct(key, 0) < MIN_DISTINCT) {
      return "it repeats a few bytes";
    }
    if (distinct(key, 1) < MIN_DISTINCT / 2) {
      return "it is a sequence";
    }
    if (repeats(key)) {
      return "it repeats itself";
    }
    return printable(key) ? "it is text, not random bytes" : null;
  }

  private static boolean known(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return DEFAULTS.stream().anyMatch(lower::contains);
  }

  /** Counts different bytes, or different steps from byte to byte. */
  private static int distinct(byte[] key, int step) {
    BitSet seen = new BitSet(256);
    for (int i = step; i < key.length; i++) {
      seen.set((step == 0 ? key[i] : key[i] - key[i - 1]) & 0xFF);
    }
    return seen.cardinality();
  }

  private static boolean repeats(byte[] key) {
    for (int period = 1; period <= key.length / 2; period++) {
      int i = period;
      while (i < key.length && key[i] == key[i - period]) {
        i++;
      }
      if (i == key.length) {
        return true;
      }
    }
    return false;
  }

  private static boolean printable(byte[] key) {
    for (byte b : key) {
      if (b < ' ' || b > '~') {
        return false;
      }
    }
    return true;
  }
}
