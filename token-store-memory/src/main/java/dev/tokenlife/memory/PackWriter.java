package dev.tokenlife.memory;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a row's fields one after the other in as few bytes as is cheap: numbers by their size, and
 * base64url texts, which keys, nonces and sealed secrets are, with six bits a letter.
 */
final class PackWriter {
  /** Where a text's kind is in the number before it; the rest of that number is its length. */
  static final int KIND_BITS = 2;

  static final int LATIN = 0;
  static final int UTF_16 = 1;
  static final int LETTERS = 2;

  /** No text, or with a length the word of that number. */
  static final int NOTHING = 3;

  /** A tail of letters shorter than this saves nothing. */
  private static final int WORTH_PACKING = 12;

  private final Words words;
  private final long base;
  private byte[] bytes = new byte[512];
  private int at;

  /** Writes times as their distance from {@code base}. */
  PackWriter(Words words, long base) {
    this.words = words;
    this.base = base;
  }

  byte[] done() {
    return Arrays.copyOf(bytes, at);
  }

  /** Writes any number; small ones of either sign are short. */
  void number(long value) {
    long rest = (value << 1) ^ (value >> 63);
    room(10);
    while ((rest & ~0x7FL) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
  }

  /** Writes a time; short if it is near the base. The difference may overflow, and back again. */
  void time(long millis) {
    number(millis - base);
  }

  void flag(boolean value) {
    number(value ? 1 : 0);
  }

  void text(@Nullable String text) {
    if (text == null) {
      number(NOTHING);
      return;
    }
    int tail = tailOfLetters(text);
    if (text.length() - tail >= WORTH_PACKING && isLatin(text, tail)) {
      header(text, LETTERS);
      number(tail);
      latin(text.substring(0, tail));
      letters(text, tail);
    } else if (isLatin(text, text.length())) {
      header(text, LATIN);
      latin(text);
    } else {
      header(text, UTF_16);
      chars(text);
    }
  }

  /** Writes a text that many rows share, by its number if it has one. */
  void word(String text) {
    int number = words.number(text);
    if (number == 0) {
      text(text);
    } else {
      number(((long) number << KIND_BITS) | NOTHING);
    }
  }

  private void header(String text, int kind) {
    number(((long) text.length() << KIND_BITS) | kind);
  }

  private void latin(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.ISO_8859_1);
    room(encoded.length);
    System.arraycopy(encoded, 0, bytes, at, encoded.length);
    at += encoded.length;
  }

  private void chars(String text) {
    room(text.length() * 2);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes[at++] = (byte) (c >> 8);
      bytes[at++] = (byte) c;
    }
  }

  private void letters(String text, int from) {
    room(Letters.packedLength(text.length() - from));
    int held = 0;
    int bits = 0;
    for (int i = from; i < text.length(); i++) {
      held = (held << 6) | Letters.value(text.charAt(i));
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (held >> bits);
      }
    }
    if (bits > 0) {
      bytes[at++] = (byte) (held << (8 - bits));
    }
  }

  private void room(int more) {
    if (bytes.length - at < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + more));
    }
  }

  private static int tailOfLetters(String text) {
    int from = text.length();
    while (from > 0 && Letters.value(text.charAt(from - 1)) >= 0) {
      from--;
    }
    return from;
  }

  private static boolean isLatin(String text, int end) {
    for (int i = 0; i < end; i++) {
      if (text.charAt(i) > 0xFF) {
        return false;
      }
    }
    return true;
  }
}
