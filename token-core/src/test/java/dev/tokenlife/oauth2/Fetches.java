package dev.tokenlife.oauth2;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.SourceException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Sources and requests as these tests need them. */
final class Fetches {
  static final String CLIENT_SECRET = "client-password-1";
  static final String REFRESH_TOKEN = "refresh-token-value-1";
  static final ChainKey KEY = ChainKey.of("idp", "ada");
  static final Duration SOON = Duration.ofSeconds(5);

  private Fetches() {}

  static OAuth2Source refreshing(URI uri) {
    return OAuth2Source.refreshToken(uri, "app", () -> Secret.of(CLIENT_SECRET))
        .allowHttpOnLoopback();
  }

  static OAuth2Source rotating(URI uri) {
    return refreshing(uri).singleUse();
  }

  static OAuth2Source service(URI uri) {
    return OAuth2Source.clientCredentials(uri, "service", () -> Secret.of(CLIENT_SECRET))
        .allowHttpOnLoopback();
  }

  static FetchRequest request() {
    return request(SOON);
  }

  static FetchRequest request(Duration deadline) {
    return request(Secret.of(REFRESH_TOKEN), deadline);
  }

  static FetchRequest request(Secret refreshToken) {
    return request(refreshToken, SOON);
  }

  private static FetchRequest request(Secret refreshToken, Duration deadline) {
    return new FetchRequest(KEY, 1, Optional.of(refreshToken), "", deadline);
  }

  static SourceException failure(OAuth2Source source) {
    return failure(source, request());
  }

  static SourceException failure(OAuth2Source source, FetchRequest request) {
    return assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> source.fetch(request))
        .actual();
  }
}
