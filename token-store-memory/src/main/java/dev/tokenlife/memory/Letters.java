package dev.tokenlife.memory;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The 64 letters of base64url (RFC 4648 section 5), each worth six bits. */
final class Letters {
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

  private Letters() {}

  /** Returns the value of a letter; negative for every other character. */
  static int value(char c) {
    return c < 128 ? VALUES[c] : -1;
  }

  static byte letter(int value) {
    return LETTERS[value & 0x3F];
  }

  /** Returns how many bytes so many letters take. */
  static int packedLength(int letters) {
    return (int) ((letters * 6L + 7) / 8);
  }
}
