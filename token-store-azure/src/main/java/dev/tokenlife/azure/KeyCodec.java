package dev.tokenlife.azure;

import dev.tokenlife.spi.StoreException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Turns any id into text that is legal in every place a key appears: a URL, a filter, a batch.
 *
 * <p>Letters, digits and {@code . _ @ -} stay as they are; every other byte of the UTF-8 form
 * becomes {@code ~XX}, control characters {@code ~cXX}. What would get longer than {@value
 * #MAX_PART} characters becomes {@code ~h} and its SHA-256; the full id is then found in a column.
 * Two different ids never share a key, and no id's key ends like a slice of a spread partition
 * ({@code ~0} or {@code ~1} and two digits).
 */
final class KeyCodec {
  /** The longest part of a key: four of them, their separators and a time fit into 512. */
  static final int MAX_PART = 240;

  /** Stands between the parts of a row key; never inside one. */
  static final char SEPARATOR = ':';

  /** The character after {@link #SEPARATOR}: the end of a range of row keys with one prefix. */
  static final char AFTER_SEPARATOR = ';';

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private KeyCodec() {}

  /**
   * Encodes one part of a key.
   *
   * @throws StoreException {@link StoreException.Kind#REJECTED} for text that is not valid Unicode
   */
  static String part(String id) {
    StringBuilder key = new StringBuilder(id.length() + 16);
    ByteBuffer bytes = utf8(id);
    while (bytes.hasRemaining()) {
      int b = bytes.get() & 0xFF;
      if (isPlain(b)) {
        key.append((char) b);
      } else {
        key.append(b < 0x20 ? "~c" : "~").append(HEX.toHexDigits((byte) b));
      }
    }
    return key.length() <= MAX_PART ? key.toString() : "~h" + sha256(id);
  }

  /** Returns a number that spreads ids evenly and is the same in every process and release. */
  static int hash(String id) {
    return ByteBuffer.wrap(digest(id)).getInt() & Integer.MAX_VALUE;
  }

  private static boolean isPlain(int b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '.'
        || b == '_'
        || b == '@'
        || b == '-';
  }

  private static ByteBuffer utf8(String id) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(id));
    } catch (CharacterCodingException e) {
      throw rejected(id);
    }
  }

  private static StoreException rejected(String id) {
    String shown = id.length() > 40 ? id.substring(0, 40) + "..." : id;
    String safe = shown.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    return new StoreException(
        StoreException.Kind.REJECTED,
        "the id '" + safe + "' is not valid Unicode (half of a surrogate pair); choose another");
  }

  private static String sha256(String id) {
    return HexFormat.of().formatHex(digest(id));
  }

  private static byte[] digest(String id) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
