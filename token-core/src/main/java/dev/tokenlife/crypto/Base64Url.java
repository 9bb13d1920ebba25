package dev.tokenlife.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Base64url without padding (RFC 4648 section 5), strict: every byte string has one text, and every
 * other text is refused. The JDK's decoder takes padding and stray trailing bits.
 */
final class Base64Url {
  private static final byte[] LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VALUES = new byte[128];

  static {
    Arrays.fill(VALUES, (byte) -1);
    for (byte i = 0; i < LETTERS.length; i++) {
      VALUES[LETTERS[i]] = i;
    }
  }

  private Base64Url() {}

  static String encode(byte[] bytes, int length) {
    byte[] text = new byte[(length * 4 + 2) / 3];
    int at = 0;
    int i = 0;
    for (; i + 2 < length; i += 3) {
      int group = ((bytes[i] & 0xFF) << 16) | ((bytes[i + 1] & 0xFF) << 8) | (bytes[i + 2] & 0xFF);
      text[at] = LETTERS[group >> 18];
      text[at + 1] = LETTERS[(group >> 12) & 0x3F];
      text[at + 2] = LETTERS[(group >> 6) & 0x3F];
      text[at + 3] = LETTERS[group & 0x3F];
      at += 4;
    }
    if (i < length) {
      boolean two = i + 1 < length;
      int group = ((bytes[i] & 0xFF) << 16) | (two ? (bytes[i + 1] & 0xFF) << 8 : 0);
      text[at] = LETTERS[group >> 18];
      text[at + 1] = LETTERS[(group >> 12) & 0x3F];
      if (two) {
        text[at + 2] = LETTERS[(group >> 6) & 0x3F];
      }
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Returns the bytes from {@code from} on, or null if the text is not what encode gives. */
  static byte @Nullable [] decode(String text, int from) {
    int letters = text.length() - from;
    if (letters % 4 == 1) {
      return null;
    }
    byte[] bytes = new byte[(int) (letters * 3L / 4)];
    int bits = 0;
    int held = 0;
    int at = 0;
    int wrong = 0;
    for (int i = from; i < text.length(); i++) {
      char letter = text.charAt(i);
      int value = letter < 128 ? VALUES[letter] : -1;
      wrong |= value;
      held = (held << 6) | (value & 0x3F);
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (held >>> bits);
      }
    }
    boolean stray = (held & ((1 << bits) - 1)) != 0;
    return wrong < 0 || stray ? null : bytes;
  }
}
