package dev.tokenlife.oauth2;

import dev.tokenlife.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** The proof that who redeems a code is who asked for it (RFC 7636, S256). */
public record Pkce(Secret verifier, String challenge) {
  /** Makes a fresh pair. */
  public static Pkce create() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String verifier = base64.encodeToString(random);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return new Pkce(Secret.of(verifier), base64.encodeToString(hash));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
