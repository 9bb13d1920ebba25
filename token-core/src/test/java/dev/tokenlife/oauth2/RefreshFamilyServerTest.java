package dev.tokenlife.oauth2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.Chains;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.time.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2AccessTokenGenerator;

/** A real authorization server whose refresh tokens are families of this library. */
class RefreshFamilyServerTest {
  private static final URI CALLBACK = URI.create("http://127.0.0.1:9/callback");
  private static final ChainKey ADA = ChainKey.of("idp", "ada");

  private static final VirtualTime TIME = new VirtualTime();
  private static final ReferenceStore STORE = ReferenceStore.local();
  private static final Chains CHAINS =
      Chains.builder()
          .store(STORE)
          .type("refresh", ChainPolicy.family("refresh").build())
          .time(TIME)
          .build();
  private static AuthorizationServer server;

  @BeforeAll
  static void start() {
    FamilyRefreshTokens tokens = new FamilyRefreshTokens(CHAINS, "families", "refresh");
    server =
        AuthorizationServer.start(
            List.of(client()),
            context -> {
              context.registerBean(OAuth2AuthorizationService.class, () -> tokens);
              context.registerBean(
                  DelegatingOAuth2TokenGenerator.class,
                  () ->
                      new DelegatingOAuth2TokenGenerator(tokens, new OAuth2AccessTokenGenerator()));
            });
  }

  @AfterAll
  static void stop() {
    server.close();
    CHAINS.close();
  }

  @Test
  void eachUse_rotatesTheToken_andTheServerStoresNone() throws Exception {
    Secret first = signIn();
    FetchedToken second = refresh(first);
    FetchedToken third = refresh(next(second));
    assertThat(next(third)).isNotEqualTo(next(second)).isNotEqualTo(first);
    assertThat(STORE.rows().toString()).doesNotContain(next(third).reveal());
  }

  @Test
  void concurrentUsesOfOneToken_getOneSuccessor() throws Exception {
    Secret first = signIn();
    int clients = 4;
    CountDownLatch ready = new CountDownLatch(clients);
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    List<Future<Secret>> answers = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      answers.add(
          threads.submit(
              () -> {
                ready.countDown();
                ready.await();
                return next(refresh(first));
              }));
    }
    Secret successor = answers.get(0).get();
    for (Future<Secret> answer : answers) {
      assertThat(answer.get()).isEqualTo(successor);
    }
    threads.shutdown();
    assertThat(next(refresh(successor))).isNotEqualTo(successor);
  }

  @Test
  void lostAnswer_isGivenAgain() throws Exception {
    Secret first = signIn();
    Secret successor = next(refresh(first));
    assertThat(next(refresh(first))).isEqualTo(successor);
  }

  @Test
  void replayAfterTheGrace_endsTheFamily() throws Exception {
    Secret first = signIn();
    Secret successor = next(refresh(first));
    TIME.advance(Duration.ofSeconds(21));
    refused(first);
    refused(successor);
  }

  @Test
  void revocation_endsTheFamily() throws Exception {
    Secret first = signIn();
    Secret successor = next(refresh(first));
    source().revoke(successor);
    refused(successor);
  }

  @Test
  void forgedToken_isRefused_andHarmsNobody() throws Exception {
    Secret first = signIn();
    String text = first.reveal();
    char last = text.charAt(text.length() - 1);
    refused(Secret.of(text.substring(0, text.length() - 1) + (last == 'A' ? 'Q' : 'A')));
    assertThat(next(refresh(first))).isNotEqualTo(first);
  }

  private static Secret signIn() throws Exception {
    Pkce pkce = Pkce.create();
    Secret code = server.authorize("app", CALLBACK, "read", pkce);
    return next(source().exchangeCode(code, CALLBACK, pkce.verifier()));
  }

  private static FetchedToken refresh(Secret token) throws Exception {
    return source()
        .fetch(new FetchRequest(ADA, 1, Optional.of(token), "read", Duration.ofSeconds(10)));
  }

  private static void refused(Secret token) {
    assertThatThrownBy(() -> refresh(token))
        .isInstanceOfSatisfying(
            SourceException.class,
            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.PERMANENT));
  }

  private static Secret next(FetchedToken token) {
    Secret refresh = token.refreshToken();
    assertThat(refresh).isNotNull();
    return refresh;
  }

  private static OAuth2Source source() {
    return OAuth2Source.refreshToken(server.tokenUri(), "app", () -> Secret.of("app-secret"))
        .revocationEndpoint(server.uri("/oauth2/revoke"))
        .allowHttpOnLoopback();
  }

  private static RegisteredClient client() {
    return RegisteredClient.withId(UUID.randomUUID().toString())
        .clientId("app")
        .clientSecret("{noop}app-secret")
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
        .redirectUri(CALLBACK.toString())
        .scope("read")
        .clientSettings(ClientSettings.builder().requireProofKey(true).build())
        .tokenSettings(
            TokenSettings.builder()
                .reuseRefreshTokens(false)
                .accessTokenFormat(OAuth2TokenFormat.REFERENCE)
                .build())
        .build();
  }
}
