package dev.tokenlife.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * One master secret with the keys derived from it; deriving happens once, so reads take no lock.
 */
final class RingKey {
  private static final byte[] SALT = "tokenlife".getBytes(StandardCharsets.US_ASCII);

  final int id;
  final boolean generated;
  final MacKey chainToken;
  final MacKey challenge;
  final AeadKey sealedToken;
  final AeadKey atRest;

  /** What every sealed token of this key binds first: version, key id, purpose. */
  final byte[] sealedTokenStart;

  private final byte[] master;

  RingKey(int id, byte[] master, boolean generated) {
    this.id = id;
    this.master = master;
    this.generated = generated;
    chainToken = new MacKey(derive(Purpose.CHAIN_TOKEN));
    challenge = new MacKey(derive(Purpose.CHALLENGE));
    sealedToken = new AeadKey(derive(Purpose.SEALED_TOKEN));
    atRest = new AeadKey(derive(Purpose.AT_REST));
    sealedTokenStart =
        new Fields()
            .number(SealedTokens.VERSION)
            .number(Integer.toUnsignedLong(id))
            .text(Purpose.SEALED_TOKEN.label())
            .copy();
  }

  /** Returns whether both are the same secret, in constant time. */
  boolean sameSecret(RingKey other) {
    return MessageDigest.isEqual(master, other.master);
  }

  String name() {
    return Integer.toUnsignedString(id);
  }

  private byte[] derive(Purpose purpose) {
    String info = "tokenlife 1 " + purpose.label() + " " + name();
    return Hkdf.derive(SALT, master, info.getBytes(StandardCharsets.US_ASCII), 32);
  }

  @Override
  public String toString() {
    return name();
  }
}
