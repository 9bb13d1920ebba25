package dev.tokenlife.oauth2;

import dev.tokenlife.model.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form of one request (RFC 6749 appendix B) and its {@code Authorization} header. Remembers
 * which of its values are secret. Used by one thread, for one attempt.
 */
final class TokenForm {
  private final StringBuilder encoded = new StringBuilder();
  private final List<Secret> secrets = new ArrayList<>();
  private @Nullable String authorization;

  TokenForm add(String name, String value) {
    if (encoded.length() > 0) {
      encoded.append('&');
    }
    encoded.append(encode(name)).append('=').append(encode(value));
    return this;
  }

  TokenForm add(String name, Secret value) {
    remember(value.reveal());
    return add(name, value.reveal());
  }

  /** The client's id and secret, each form-encoded before they are joined (section 2.3.1). */
  void authorize(String clientId, Secret clientSecret) {
    String pair = encode(clientId) + ":" + encode(clientSecret.reveal());
    String credentials = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    remember(clientSecret.reveal());
    secrets.add(Secret.of(credentials));
    authorization = "Basic " + credentials;
  }

  String encoded() {
    return encoded.toString();
  }

  Optional<String> authorization() {
    return Optional.ofNullable(authorization);
  }

  /** Takes out of a text what this request carries and nobody may read. */
  Redaction redaction() {
    return new Redaction(secrets);
  }

  private void remember(String secret) {
    secrets.add(Secret.of(secret));
    secrets.add(Secret.of(encode(secret)));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
