package dev.tokenlife.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Names a sealed token without telling it: the first 128 bits of its SHA-256. */
final class ReplayIds {
  private ReplayIds() {}

  static String of(byte[] token) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(token);
      return Base64Url.encode(Arrays.copyOf(hash, ChainIds.BYTES));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
