package dev.tokenlife.oauth2;

import dev.tokenlife.model.Secret;
import dev.tokenlife.time.TimeSource;
import java.security.GeneralSecurityException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a client says who it is at the token endpoint (RFC 6749 section 2.3). Immutable. Secrets and
 * keys come from suppliers, which are asked again for each request, on the thread that sends it, so
 * that a rotated secret needs no restart; a supplier that throws makes the call fail as {@link
 * dev.tokenlife.model.FailureKind#TRANSIENT} without anything being sent.
 */
public final class ClientAuthentication {
  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final String name;
  private final Scheme scheme;

  /** Writes the client's identity into a request. */
  @FunctionalInterface
  private interface Scheme {
    void write(TokenForm form, Endpoint endpoint, TimeSource time) throws GeneralSecurityException;
  }

  private ClientAuthentication(String name, Scheme scheme) {
    this.name = name;
    this.scheme = scheme;
  }

  /** Id and secret in the {@code Authorization} header (section 2.3.1): what servers must know. */
  public static ClientAuthentication basic(Supplier<Secret> clientSecret) {
    return new ClientAuthentication(
        "basic", (form, endpoint, time) -> form.authorize(endpoint.clientId(), clientSecret.get()));
  }

  /** Id and secret in the form, for servers that do not take the header. */
  public static ClientAuthentication post(Supplier<Secret> clientSecret) {
    return new ClientAuthentication(
        "post",
        (form, endpoint, time) ->
            form.add("client_id", endpoint.clientId()).add("client_secret", clientSecret.get()));
  }

  /** A statement signed for each request and meant for the token endpoint (RFC 7523). */
  public static ClientAuthentication privateKeyJwt(Supplier<SigningKey> key) {
    return signing(key, null);
  }

  /** The same for servers that want to be named otherwise, usually by their issuer. */
  public static ClientAuthentication privateKeyJwt(Supplier<SigningKey> key, String audience) {
    return signing(key, audience);
  }

  /**
   * The id alone: a public client (section 2.1), or one that its TLS certificate names (RFC 8705),
   * which is then a matter of the {@link java.net.http.HttpClient}.
   */
  public static ClientAuthentication none() {
    return new ClientAuthentication(
        "none", (form, endpoint, time) -> form.add("client_id", endpoint.clientId()));
  }

  private static ClientAuthentication signing(Supplier<SigningKey> key, @Nullable String audience) {
    return new ClientAuthentication(
        "private_key_jwt",
        (form, endpoint, time) -> {
          String meantFor = audience == null ? endpoint.uri().toString() : audience;
          Secret assertion =
              new ClientAssertion(key.get(), endpoint.clientId(), meantFor).sign(time);
          form.add("client_id", endpoint.clientId())
              .add("client_assertion_type", ASSERTION_TYPE)
              .add("client_assertion", assertion);
        });
  }

  void write(TokenForm form, Endpoint endpoint, TimeSource time) throws GeneralSecurityException {
    scheme.write(form, endpoint, time);
  }

  @Override
  public String toString() {
    return "ClientAuthentication[" + name + "]";
  }
}
