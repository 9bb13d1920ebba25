package dev.tokenlife.memory;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link PackWriter} wrote, in the same order. */
final class PackReader {
  private final Words words;
  private final byte[] bytes;
  private int at;
  private long base;

  PackReader(Words words, byte[] bytes) {
    this.words = words;
    this.bytes = bytes;
  }

  /** States what the times that follow are counted from. */
  void base(long millis) {
    base = millis;
  }

  long number() {
    long rest = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[at++];
      rest |= (next & 0x7FL) << shift;
      shift += 7;
    } while (next < 0);
    return (rest >>> 1) ^ -(rest & 1);
  }

  int count() {
    return (int) number();
  }

  long time() {
    return number() + base;
  }

  boolean flag() {
    return number() != 0;
  }

  String text() {
    return Objects.requireNonNull(optionalText(), "a text that is always there");
  }

  @Nullable String optionalText() {
    long header = number();
    int kind = (int) header & ((1 << PackWriter.KIND_BITS) - 1);
    int length = (int) (header >> PackWriter.KIND_BITS);
    return switch (kind) {
      case PackWriter.LATIN -> latin(length);
      case PackWriter.UTF_16 -> chars(length);
      case PackWriter.LETTERS -> letters(length);
      default -> length == 0 ? null : words.word(length);
    };
  }

  private String latin(int length) {
    String text = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    at += length;
    return text;
  }

  private String chars(int length) {
    char[] chars = new char[length];
    for (int i = 0; i < length; i++) {
      chars[i] = (char) ((bytes[at] << 8) | (bytes[at + 1] & 0xFF));
      at += 2;
    }
    return new String(chars);
  }

  private String letters(int length) {
    int tail = count();
    byte[] text = new byte[length];
    System.arraycopy(bytes, at, text, 0, tail);
    at += tail;
    int held = 0;
    int bits = 0;
    for (int i = tail; i < length; i++) {
      if (bits < 6) {
        held = (held << 8) | (bytes[at++] & 0xFF);
        bits += 8;
      }
      bits -= 6;
      text[i] = Letters.letter(held >> bits);
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }
}
