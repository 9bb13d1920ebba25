package dev.tokenlife.oauth2;

import java.security.PrivateKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;

/**
 * The private key a client proves itself with (RFC 7523), and the name its public half is
 * registered under. An RSA key signs with RS256, an EC key on P-256 with ES256 (RFC 7518 section
 * 3.1); the key may live in hardware. Prints without the key.
 *
 * @param keyId the {@code kid} in the client's registered key set
 * @param key an RSA key of 2048 bits or more, or an EC key on P-256
 */
public record SigningKey(String keyId, PrivateKey key) {
  /**
   * Refuses what neither algorithm can use.
   *
   * @throws IllegalArgumentException for another kind or size of key
   */
  public SigningKey {
    boolean rsa = key.getAlgorithm().equals("RSA");
    if (!rsa && !key.getAlgorithm().equals("EC")) {
      throw new IllegalArgumentException(
          "a signing key is an RSA or an EC key, not " + key.getAlgorithm());
    }
    if (key instanceof RSAKey sized && sized.getModulus().bitLength() < 2048) {
      throw new IllegalArgumentException("RS256 needs a key of 2048 bits or more");
    }
    if (key instanceof ECKey curve && curve.getParams().getOrder().bitLength() != 256) {
      throw new IllegalArgumentException("ES256 needs a key on P-256");
    }
  }

  /** The name in the assertion's header. */
  String algorithm() {
    return key.getAlgorithm().equals("RSA") ? "RS256" : "ES256";
  }

  /** The name in the JCA; ES256 is the two numbers side by side, not DER (section 3.4). */
  String signature() {
    return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format";
  }

  @Override
  public String toString() {
    return "SigningKey[" + keyId + ", " + algorithm() + ", redacted]";
  }
}
