package dev.tokenlife.crypto;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** What is inside a sealed token: issued at (6) | expires at (6) | the payload's UTF-8. */
final class SealedPayload {
  static final int HEAD = 6 + 6;

  private SealedPayload() {}

  static void write(long issuedAt, long expiresAt, byte[] text, byte[] bytes, int at) {
    Longs.put48(bytes, at, issuedAt);
    Longs.put48(bytes, at + 6, expiresAt);
    System.arraycopy(text, 0, bytes, at + HEAD, text.length);
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

  /** Refuses what is too long, and what {@code getBytes} would quietly replace. */
  static byte[] utf8(String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > SealedTokens.MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "a payload has at most " + SealedTokens.MAX_PAYLOAD + " bytes, not " + bytes.length);
    }
    if (!new String(bytes, StandardCharsets.UTF_8).equals(payload)) {
      throw new IllegalArgumentException("the payload is no text: it has an unpaired surrogate");
    }
    return bytes;
  }
}
