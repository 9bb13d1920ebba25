package dev.tokenlife.crypto;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** What is inside a sealed token: issued at (6) | expires at (6) | the payload's UTF-8. */
final class SealedPayload {
  static final int HEAD = 6 + 6;

  private SealedPayload() {}

  static byte[] write(long issuedAt, long expiresAt, String payload) {
    byte[] text = utf8(payload);
    if (text.length > SealedTokens.MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "a payload has at most " + SealedTokens.MAX_PAYLOAD + " bytes, not " + text.length);
    }
    byte[] plain = new byte[HEAD + text.length];
    Longs.put48(plain, 0, issuedAt);
    Longs.put48(plain, 6, expiresAt);
    System.arraycopy(text, 0, plain, HEAD, text.length);
    return plain;
  }

  static long expiresAt(byte[] plain) {
    return Longs.get48(plain, 6);
  }

  static Opening.Opened read(byte[] plain) {
    return new Opening.Opened(
        new String(plain, HEAD, plain.length - HEAD, StandardCharsets.UTF_8),
        Instant.ofEpochMilli(Longs.get48(plain, 0)),
        Instant.ofEpochMilli(expiresAt(plain)));
  }

  /** Refuses what {@code getBytes} would quietly replace; comparing costs less than looking. */
  private static byte[] utf8(String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    if (!new String(bytes, StandardCharsets.UTF_8).equals(payload)) {
      throw new IllegalArgumentException("the payload is no text: it has an unpaired surrogate");
    }
    return bytes;
  }
}
