package dev.tokenlife.oauth2;

import static dev.tokenlife.oauth2.Fetches.failure;
import static dev.tokenlife.oauth2.Fetches.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.tokenlife.PullEngine;
import dev.tokenlife.Tokens;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.testing.ReferenceStore;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** The source against a real authorization server that rotates refresh tokens. */
class OAuth2ServerTest {
  private static final URI CALLBACK = URI.create("http://127.0.0.1:9999/callback");
  private static final String HARD_SECRET = "pass:wörd/+ %&=";

  private static KeyPair rsa;
  private static KeyPair ec;
  private static ScriptedServer clientKeys;
  private static AuthorizationServer server;

  @BeforeAll
  static void start() throws Exception {
    rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
    curve.initialize(new ECGenParameterSpec("secp256r1"));
    ec = curve.generateKeyPair();
    JWKSet keys =
        new JWKSet(
            List.of(
                new RSAKey.Builder((RSAPublicKey) rsa.getPublic()).keyID("rsa-1").build(),
                new ECKey.Builder(Curve.P_256, (ECPublicKey) ec.getPublic())
                    .keyID("ec-1")
                    .build()));
    clientKeys = ScriptedServer.answering(200, keys.toString());
    server =
        AuthorizationServer.start(
            List.of(
                client("service:1", ClientAuthenticationMethod.CLIENT_SECRET_BASIC, all -> {}),
                client("poster", ClientAuthenticationMethod.CLIENT_SECRET_POST, all -> {}),
                client("public", ClientAuthenticationMethod.NONE, all -> {}),
                client(
                    "signer-rsa",
                    ClientAuthenticationMethod.PRIVATE_KEY_JWT,
                    signedWith(SignatureAlgorithm.RS256)),
                client(
                    "signer-ec",
                    ClientAuthenticationMethod.PRIVATE_KEY_JWT,
                    signedWith(SignatureAlgorithm.ES256))));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    clientKeys.close();
  }

  private static RegisteredClient client(
      String id, ClientAuthenticationMethod method, Consumer<RegisteredClient.Builder> more) {
    RegisteredClient.Builder client =
        RegisteredClient.withId(UUID.randomUUID().toString())
            .clientId(id)
            .clientSecret("{noop}" + secretOf(id))
            .clientAuthenticationMethod(method)
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .redirectUri(CALLBACK.toString())
            .scope("read")
            .scope("write")
            .clientSettings(ClientSettings.builder().requireProofKey(true).build())
            .tokenSettings(
                TokenSettings.builder()
                    .reuseRefreshTokens(false)
                    .accessTokenFormat(OAuth2TokenFormat.REFERENCE)
                    .accessTokenTimeToLive(Duration.ofMinutes(5))
                    .build());
    if (!method.equals(ClientAuthenticationMethod.NONE)) {
      client
          .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
          .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
          .authorizationGrantType(AuthorizationGrantType.TOKEN_EXCHANGE);
    }
    more.accept(client);
    return client.build();
  }

  private static Consumer<RegisteredClient.Builder> signedWith(SignatureAlgorithm algorithm) {
    return client ->
        client.clientSettings(
            ClientSettings.builder()
                .requireProofKey(true)
                .jwkSetUrl(clientKeys.uri().toString())
                .tokenEndpointAuthenticationSigningAlgorithm(algorithm)
                .build());
  }

  private static String secretOf(String clientId) {
    return HARD_SECRET + clientId;
  }

  private static ClientAuthentication basic() {
    return ClientAuthentication.basic(() -> Secret.of(secretOf("service:1")));
  }

  private static OAuth2Source grants() {
    return OAuth2Source.refreshToken(server.tokenUri(), "service:1", basic())
        .revocationEndpoint(server.uri("/oauth2/revoke"))
        .singleUse()
        .allowHttpOnLoopback();
  }

  private static FetchedToken signIn(OAuth2Source source, String clientId) throws Exception {
    Pkce pkce = Pkce.create();
    Secret code = server.authorize(clientId, CALLBACK, "read write", pkce);
    return source.exchangeCode(code, CALLBACK, pkce.verifier());
  }

  private static Secret refreshTokenOf(FetchedToken token) {
    return Objects.requireNonNull(token.refreshToken());
  }

  @Test
  void clientCredentials_giveAToken_withTheScopesAskedFor() {
    OAuth2Source source =
        OAuth2Source.clientCredentials(server.tokenUri(), "service:1", basic())
            .scope("read")
            .allowHttpOnLoopback();

    FetchedToken token = source.fetch(request());

    assertThat(token.scopes()).isEqualTo("read");
    assertThat(token.type()).isEqualTo("Bearer");
    assertThat(token.refreshToken()).isNull();
    assertThat(token.expiresAt(0)).isBetween(290_000L, 300_000L);
  }

  @Test
  void clientSecret_isTakenInTheForm_ofAClientRegisteredForThat() {
    OAuth2Source source =
        OAuth2Source.clientCredentials(
                server.tokenUri(),
                "poster",
                ClientAuthentication.post(() -> Secret.of(secretOf("poster"))))
            .allowHttpOnLoopback();

    assertThat(source.fetch(request()).accessToken().reveal()).isNotEmpty();
    assertThat(failure(source.clientAuthentication(basic())).kind()).isEqualTo(FailureKind.CONFIG);
  }

  @Test
  void signedAssertion_isTaken_forEachAttemptANewOne() {
    var source =
        OAuth2Source.clientCredentials(
                server.tokenUri(),
                "signer-rsa",
                ClientAuthentication.privateKeyJwt(() -> new SigningKey("rsa-1", rsa.getPrivate())))
            .allowHttpOnLoopback();
    var curve =
        OAuth2Source.clientCredentials(
                server.tokenUri(),
                "signer-ec",
                ClientAuthentication.privateKeyJwt(() -> new SigningKey("ec-1", ec.getPrivate())))
            .allowHttpOnLoopback();

    for (int attempt = 0; attempt < 2; attempt++) {
      assertThat(source.fetch(request()).accessToken().reveal()).isNotEmpty();
      assertThat(curve.fetch(request()).accessToken().reveal()).isNotEmpty();
    }
  }

  @Test
  void assertionByAnotherKey_isAConfigFailure() throws Exception {
    KeyPair stranger = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    OAuth2Source source =
        OAuth2Source.clientCredentials(
                server.tokenUri(),
                "signer-rsa",
                ClientAuthentication.privateKeyJwt(
                    () -> new SigningKey("rsa-1", stranger.getPrivate())))
            .allowHttpOnLoopback();

    assertThat(failure(source).kind()).isEqualTo(FailureKind.CONFIG);
  }

  @Test
  void wrongClientSecret_isAConfigFailure_untilTheSupplierHasTheNewOne() {
    String[] secret = {"yesterday's"};
    OAuth2Source source =
        OAuth2Source.clientCredentials(server.tokenUri(), "service:1", () -> Secret.of(secret[0]))
            .allowHttpOnLoopback();

    assertThat(failure(source).kind()).isEqualTo(FailureKind.CONFIG);
    secret[0] = secretOf("service:1");
    assertThatCode(() -> source.fetch(request())).doesNotThrowAnyException();
  }

  @Test
  void scopeThatTheClientDoesNotHave_isAConfigFailure() {
    OAuth2Source source =
        OAuth2Source.clientCredentials(server.tokenUri(), "service:1", basic())
            .scope("admin")
            .allowHttpOnLoopback();

    assertThat(failure(source))
        .hasMessageContaining("invalid_scope")
        .returns(FailureKind.CONFIG, SourceException::kind);
  }

  @Test
  void authorizationCode_givesTheFirstTokens_once() throws Exception {
    OAuth2Source source = grants();
    Pkce pkce = Pkce.create();
    Secret code = server.authorize("service:1", CALLBACK, "read write", pkce);

    FetchedToken first = source.exchangeCode(code, CALLBACK, pkce.verifier());

    assertThat(first.refreshToken()).isNotNull();
    assertThat(first.scopes()).contains("read", "write");
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> source.exchangeCode(code, CALLBACK, pkce.verifier()))
        .returns(FailureKind.PERMANENT, SourceException::kind);
  }

  @Test
  void authorizationCode_isRefused_toWhoCannotProveToHaveAskedForIt() throws Exception {
    Secret code = server.authorize("service:1", CALLBACK, "read", Pkce.create());

    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> grants().exchangeCode(code, CALLBACK, Pkce.create().verifier()))
        .returns(FailureKind.PERMANENT, SourceException::kind);
  }

  @Test
  void publicClient_redeemsItsCode_withTheProofAlone() throws Exception {
    OAuth2Source source =
        OAuth2Source.refreshToken(server.tokenUri(), "public", ClientAuthentication.none())
            .allowHttpOnLoopback();

    assertThat(signIn(source, "public").accessToken().reveal()).isNotEmpty();
  }

  @Test
  void rotatedRefreshToken_isGoodOnce_andItsSuccessorCarriesOn() throws Exception {
    OAuth2Source source = grants();
    Secret first = refreshTokenOf(signIn(source, "service:1"));

    Secret second = refreshTokenOf(source.fetch(request(first)));
    assertThat(second).isNotEqualTo(first);
    assertThat(failure(source, request(first)))
        .hasMessageContaining("invalid_grant")
        .returns(FailureKind.PERMANENT, SourceException::kind);

    assertThat(refreshTokenOf(source.fetch(request(second)))).isNotEqualTo(second);
  }

  @Test
  void revokedRefreshToken_isGone() throws Exception {
    OAuth2Source source = grants();
    Secret refreshToken = refreshTokenOf(signIn(source, "service:1"));

    source.revoke(refreshToken);

    assertThat(failure(source, request(refreshToken)).kind()).isEqualTo(FailureKind.PERMANENT);
    assertThatCode(() -> source.revoke(refreshToken)).doesNotThrowAnyException();
  }

  @Test
  void revocationByAStranger_fails() {
    OAuth2Source stranger =
        grants().clientAuthentication(ClientAuthentication.basic(() -> Secret.of("guess")));

    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> stranger.revoke(Secret.of("some-refresh-token")))
        .returns(FailureKind.CONFIG, SourceException::kind);
  }

  @Test
  void tokenOfAPerson_isExchangedForANarrowerOne_andABadOneIsRefused() throws Exception {
    Secret subject = signIn(grants(), "service:1").accessToken();
    OAuth2Source source = exchanging(subject).scope("read");

    FetchedToken token = source.fetch(request());

    assertThat(token.scopes()).isEqualTo("read");
    assertThat(token.attributes()).containsEntry("issued_token_type", TokenExchange.ACCESS_TOKEN);
    assertThat(failure(exchanging(Secret.of("no-such-token"))).kind())
        .isEqualTo(FailureKind.PERMANENT);
  }

  private static OAuth2Source exchanging(Secret subject) {
    return OAuth2Source.tokenExchange(
            server.tokenUri(),
            "service:1",
            basic(),
            TokenExchange.of(TokenExchange.ACCESS_TOKEN, key -> subject)
                .requestedType(TokenExchange.ACCESS_TOKEN))
        .allowHttpOnLoopback();
  }

  @Test
  void adoptedGrant_isKeptAlive_andEachOfItsRefreshTokensIsUsedOnce() throws Exception {
    OAuth2Source source = grants();
    FetchedToken first = signIn(source, "service:1");
    ChainKey ada = ChainKey.of("idp", "ada");
    try (Tokens tokens =
        Tokens.builder()
            .source(source)
            .engine(PullEngine.create())
            .store(ReferenceStore.local())
            .build()) {
      tokens.adopt(ada, "sign-in-1", first);
      assertThat(tokens.get(ada).value()).isEqualTo(first.accessToken());

      for (int generation = 2; generation <= 4; generation++) {
        assertThat(tokens.refresh(ada, Demand.BLOCKED).get(10, TimeUnit.SECONDS).generation())
            .isEqualTo(generation);
      }
    }
    assertThat(failure(source, request(refreshTokenOf(first))).kind())
        .isEqualTo(FailureKind.PERMANENT);
  }
}
