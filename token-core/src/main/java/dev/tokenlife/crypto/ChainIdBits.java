package dev.tokenlife.crypto;

import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A chain's id as two numbers: read with every token, so without a detour over bytes.
 *
 * @param version which token version carries it, and so how it is written: {@link #OURS} or {@link
 *     #OLDER}
 */
record ChainIdBits(byte version, long high, long low) {
  /** 22 letters of base64url. */
  static final byte OURS = 1;

  /** A UUID, as chains that were taken over from an older application have. */
  static final byte OLDER = 2;

  private static final int LETTERS = 22;
  private static final int UUID_LETTERS = 36;
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
    return switch (id.length()) {
      case LETTERS -> ours(id);
      case UUID_LETTERS -> older(id);
      default -> null;
    };
  }

  /** Returns the id as it is written. */
  String text() {
    return version == OLDER ? new UUID(high, low).toString() : ChainIds.text(high, low);
  }

  private static @Nullable ChainIdBits ours(String id) {
    long first = sixty(id, 0);
    int middle = value(id.charAt(10));
    long second = sixty(id, 11);
    int last = value(id.charAt(21));
    if ((first | middle | second | last) < 0 || (last & 0xF) != 0) {
      return null;
    }
    return new ChainIdBits(
        OURS, (first << 4) | (middle >> 2), ((middle & 3L) << 62) | (second << 2) | (last >> 4));
  }

  /** In lower case only, so that one id has one text. */
  private static @Nullable ChainIdBits older(String id) {
    try {
      UUID uuid = UUID.fromString(id);
      return uuid.toString().equals(id)
          ? new ChainIdBits(OLDER, uuid.getMostSignificantBits(), uuid.getLeastSignificantBits())
          : null;
    } catch (IllegalArgumentException notOne) {
      return null;
    }
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
