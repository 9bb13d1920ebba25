package dev.tokenlife.oauth2;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.SourceException;
import java.net.URI;

/** What a client presents to get a token (RFC 6749 section 1.3). */
interface Grant {
  /** Writes the grant into the form. */
  void write(TokenForm form, FetchRequest request);

  /** Whether it speaks for one grant, so that its refusal says nothing about the others. */
  boolean isPersonal();

  /** Whether the request may say which scopes it wants. */
  default boolean takesScope() {
    return true;
  }

  /** The client itself (section 4.4). */
  record ClientCredentials() implements Grant {
    @Override
    public void write(TokenForm form, FetchRequest request) {
      form.add("grant_type", "client_credentials");
    }

    @Override
    public boolean isPersonal() {
      return false;
    }
  }

  /** What an earlier answer brought (section 6). */
  record RefreshToken() implements Grant {
    @Override
    public void write(TokenForm form, FetchRequest request) {
      Secret token =
          request
              .refreshToken()
              .orElseThrow(
                  () ->
                      new SourceException(
                          FailureKind.PERMANENT,
                          request.key() + " has no refresh token; somebody must sign in first"));
      form.add("grant_type", "refresh_token").add("refresh_token", token);
    }

    @Override
    public boolean isPersonal() {
      return true;
    }
  }

  /** What the browser brought back (section 4.1.3, RFC 7636 section 4.5). */
  record AuthorizationCode(Secret code, URI redirectUri, Secret codeVerifier) implements Grant {
    @Override
    public void write(TokenForm form, FetchRequest request) {
      form.add("grant_type", "authorization_code")
          .add("code", code)
          .add("redirect_uri", redirectUri.toString())
          .add("code_verifier", codeVerifier);
    }

    @Override
    public boolean isPersonal() {
      return true;
    }

    @Override
    public boolean takesScope() {
      return false;
    }
  }

  /** Another token (RFC 8693). */
  record Exchange(TokenExchange exchange) implements Grant {
    @Override
    public void write(TokenForm form, FetchRequest request) {
      exchange.write(form, request);
    }

    @Override
    public boolean isPersonal() {
      return true;
    }
  }
}
