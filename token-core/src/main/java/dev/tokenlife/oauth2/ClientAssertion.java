package dev.tokenlife.oauth2;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tokenlife.model.Secret;
import dev.tokenlife.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;

/**
 * The signed statement by which a client says who it is (RFC 7523 section 3). Made anew for each
 * attempt: its id counts as used as soon as a server has seen it.
 */
record ClientAssertion(SigningKey key, String clientId, String audience) {
  private static final Duration LIFETIME = Duration.ofMinutes(1);
  private static final JsonMapper JSON = new JsonMapper();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  Secret sign(TimeSource time) throws GeneralSecurityException {
    ObjectNode header =
        JSON.createObjectNode()
            .put("alg", key.algorithm())
            .put("typ", "JWT")
            .put("kid", key.keyId());
    String signed = encode(header) + "." + encode(claims(time.wallMillis() / 1000));
    Signature signature = Signature.getInstance(key.signature());
    signature.initSign(key.key());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return Secret.of(signed + "." + BASE64.encodeToString(signature.sign()));
  }

  private ObjectNode claims(long now) {
    byte[] id = new byte[16];
    RANDOM.nextBytes(id);
    return JSON.createObjectNode()
        .put("iss", clientId)
        .put("sub", clientId)
        .put("aud", audience)
        .put("jti", BASE64.encodeToString(id))
        .put("iat", now)
        .put("exp", now + LIFETIME.toSeconds());
  }

  private static String encode(ObjectNode part) {
    return BASE64.encodeToString(part.toString().getBytes(StandardCharsets.UTF_8));
  }
}
