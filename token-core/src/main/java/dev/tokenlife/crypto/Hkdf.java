package dev.tokenlife.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 (RFC 5869). */
final class Hkdf {
  static final int HASH_BYTES = 32;
  private static final String HMAC = "HmacSHA256";

  private Hkdf() {}

  /** Both steps (RFC 5869 section 2). */
  static byte[] derive(byte[] salt, byte[] secret, byte[] info, int length) {
    byte[] key = extract(salt, secret);
    try {
      return expand(key, info, length);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** RFC 5869 section 2.2; an absent salt is a string of zeros. */
  static byte[] extract(byte[] salt, byte[] secret) {
    return mac(salt.length == 0 ? new byte[HASH_BYTES] : salt).doFinal(secret);
  }

  /** RFC 5869 section 2.3. */
  static byte[] expand(byte[] key, byte[] info, int length) {
    if (length < 1 || length > 255 * HASH_BYTES) {
      throw new IllegalArgumentException("HKDF gives 1 to 8160 bytes, not " + length);
    }
    Mac mac = mac(key);
    byte[] result = new byte[length];
    byte[] block = new byte[0];
    for (int done = 0, counter = 1; done < length; done += block.length, counter++) {
      mac.update(block);
      mac.update(info);
      block = mac.doFinal(new byte[] {(byte) counter});
      System.arraycopy(block, 0, result, done, Math.min(block.length, length - done));
    }
    return result;
  }

  static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
    }
  }
}
