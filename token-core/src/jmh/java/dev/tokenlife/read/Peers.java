package dev.tokenlife.read;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.google.auth.oauth2.OAuth2Credentials;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ClientCredentialsOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import software.amazon.awssdk.utils.cache.CachedSupplier;
import software.amazon.awssdk.utils.cache.NonBlocking;
import software.amazon.awssdk.utils.cache.RefreshResult;

/** What others use to keep a token, each set up as its documentation says, on the same source. */
final class Peers {
  private Peers() {}

  /** A token and when it ends. */
  record Fetched(String value, Instant expiresAt) {}

  /** Caffeine: one entry a key, loaded again in the background once it is older than this. */
  static LoadingCache<String, String> caffeine(
      Function<String, Fetched> source, Duration refreshAfter, Duration expireAfter) {
    return Caffeine.newBuilder()
        .refreshAfterWrite(refreshAfter)
        .expireAfterWrite(expireAfter)
        .build(key -> source.apply(key).value());
  }

  /**
   * The AWS SDK's supplier of one credential, refreshed by one thread of its own when it is due.
   */
  static CachedSupplier<String> aws(Supplier<Fetched> source, Duration ahead, Duration stop) {
    return CachedSupplier.builder(
            () -> {
              Fetched token = source.get();
              return RefreshResult.builder(token.value())
                  .prefetchTime(token.expiresAt().minus(ahead))
                  .staleTime(token.expiresAt().minus(stop))
                  .build();
            })
        .prefetchStrategy(new NonBlocking("peer"))
        .build();
  }

  /** Google's credentials of one account. */
  static OAuth2Credentials google(Supplier<Fetched> source, Duration ahead, Duration stop) {
    return new GoogleCredentials(source, ahead, stop);
  }

  /** Spring's manager for services, which asks by registration and principal. */
  static AuthorizedClientServiceOAuth2AuthorizedClientManager spring(
      Supplier<Fetched> source, Duration skew) {
    ClientRegistration bank =
        ClientRegistration.withRegistrationId("bank")
            .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
            .clientId("client")
            .tokenUri("https://bank.example/token")
            .build();
    InMemoryClientRegistrationRepository banks = new InMemoryClientRegistrationRepository(bank);
    ClientCredentialsOAuth2AuthorizedClientProvider provider =
        new ClientCredentialsOAuth2AuthorizedClientProvider();
    provider.setClockSkew(skew);
    provider.setAccessTokenResponseClient(request -> answer(source.get()));
    AuthorizedClientServiceOAuth2AuthorizedClientManager manager =
        new AuthorizedClientServiceOAuth2AuthorizedClientManager(
            banks, new InMemoryOAuth2AuthorizedClientService(banks));
    manager.setAuthorizedClientProvider(provider);
    return manager;
  }

  static OAuth2AuthorizeRequest springRequest() {
    return OAuth2AuthorizeRequest.withClientRegistrationId("bank").principal("service").build();
  }

  private static OAuth2AccessTokenResponse answer(Fetched token) {
    return OAuth2AccessTokenResponse.withToken(token.value())
        .tokenType(OAuth2AccessToken.TokenType.BEARER)
        .expiresIn(Duration.between(Instant.now(), token.expiresAt()).toSeconds())
        .build();
  }

  /** Google's base class for whoever gets tokens in a way of their own. */
  private static final class GoogleCredentials extends OAuth2Credentials {
    private static final long serialVersionUID = 1L;
    private final transient Supplier<Fetched> source;

    GoogleCredentials(Supplier<Fetched> source, Duration ahead, Duration stop) {
      super(null, ahead, stop);
      this.source = source;
    }

    @Override
    public com.google.auth.oauth2.AccessToken refreshAccessToken() {
      Fetched token = source.get();
      return new com.google.auth.oauth2.AccessToken(token.value(), Date.from(token.expiresAt()));
    }
  }
}
