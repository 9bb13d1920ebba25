package dev.tokenlife.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ids of minted chains: 128 bits as 22 letters of base64url. A chain that was taken over from
 * an older application may have a UUID instead, in lower case. There is one text per id.
 */
public final class ChainIds {
  static final int BYTES = 16;

  private ChainIds() {}

  /** Draws an id. */
  public static String random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64Url.encode(bytes);
  }

  /** Returns the id of the chain a caller names itself: the first 128 bits of SHA-256. */
  public static String fromName(String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(name.getBytes(StandardCharsets.UTF_8));
      return Base64Url.encode(Arrays.copyOf(hash, BYTES));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** Returns the 16 bytes of an id; empty if the text is not one. */
  public static Optional<byte[]> decode(@Nullable String id) {
    ChainIdBits bits = id == null ? null : ChainIdBits.parse(id);
    return bits == null ? Optional.empty() : Optional.of(bytes(bits.high(), bits.low()));
  }

  static String text(long high, long low) {
    return Base64Url.encode(bytes(high, low));
  }

  private static byte[] bytes(long high, long low) {
    byte[] bytes = new byte[BYTES];
    Longs.put(bytes, 0, high);
    Longs.put(bytes, 8, low);
    return bytes;
  }
}
