package dev.tokenlife.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64url without padding (RFC 4648 section 5), strict: every byte string has one text, and every
 * other text is refused. The JDK's decoder, which is fast, also takes padding and stray bits.
 */
final class Base64Url {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  /** Letters that may stand last, where 4 or 2 bits of the last letter belong to no byte. */
  private static final String AFTER_ONE_BYTE = "AQgw";

  private static final String AFTER_TWO_BYTES = "AEIMQUYcgkosw048";

  private Base64Url() {}

  static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /** Returns null if the text is not what {@link #encode} gives. */
  static byte @Nullable [] decode(String text) {
    if (strayEnd(text)) {
      return null;
    }
    try {
      return DECODER.decode(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  /** Returns whether the last letter is padding or has bits that belong to no byte. */
  private static boolean strayEnd(String text) {
    if (text.isEmpty()) {
      return false;
    }
    char last = text.charAt(text.length() - 1);
    return switch (text.length() % 4) {
      case 0 -> last == '=';
      case 2 -> AFTER_ONE_BYTE.indexOf(last) < 0;
      case 3 -> AFTER_TWO_BYTES.indexOf(last) < 0;
      default -> true;
    };
  }
}
