package dev.tokenlife.oauth2;

import static dev.tokenlife.oauth2.Fetches.failure;
import static dev.tokenlife.oauth2.Fetches.refreshing;
import static dev.tokenlife.oauth2.Fetches.request;
import static dev.tokenlife.oauth2.Fetches.rotating;
import static dev.tokenlife.oauth2.Fetches.service;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Secret;
import dev.tokenlife.oauth2.ScriptedServer.Request;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.time.VirtualTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent, and what is refused before anything is sent. */
class OAuth2RequestTest {
  private final ScriptedServer server =
      ScriptedServer.answering(200, "{\"access_token\":\"t\",\"expires_in\":60}");

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void request_isAFormThatAsksForJson() {
    service(server.uri()).fetch(request());

    Request sent = server.request();
    assertThat(sent.line()).isEqualTo("POST /token HTTP/1.1");
    assertThat(sent.headers())
        .containsEntry("content-type", "application/x-www-form-urlencoded")
        .containsEntry("accept", "application/json");
    assertThat(sent.form()).containsOnly(Map.entry("grant_type", "client_credentials"));
  }

  @Test
  void basicCredentials_areFormEncodedBeforeTheyAreJoined() {
    OAuth2Source.clientCredentials(server.uri(), "a:b c", () -> Secret.of("p+ä/%"))
        .allowHttpOnLoopback()
        .fetch(request());

    String header = server.request().headers().getOrDefault("authorization", "");
    assertThat(header).startsWith("Basic ");
    assertThat(new String(Base64.getDecoder().decode(header.substring(6)), UTF_8))
        .isEqualTo("a%3Ab+c:p%2B%C3%A4%2F%25");
  }

  @Test
  void refreshToken_isSent_withoutScopesUnlessTheyAreSet() {
    refreshing(server.uri()).fetch(request());

    assertThat(server.request().form())
        .containsEntry("grant_type", "refresh_token")
        .containsEntry("refresh_token", Fetches.REFRESH_TOKEN)
        .doesNotContainKey("scope");
  }

  @Test
  void scopesAudienceAndParameters_areSent_thelastScopesWin() {
    service(server.uri())
        .scope("gone")
        .scope("a", "b")
        .audience("https://api.example")
        .parameter("resource", "https://one.example")
        .parameter("pin", () -> Secret.of("1234"))
        .fetch(request());

    assertThat(server.request().form())
        .containsEntry("scope", "a b")
        .containsEntry("audience", "https://api.example")
        .containsEntry("resource", "https://one.example")
        .containsEntry("pin", "1234");
  }

  @Test
  void parameterThatTheSourceWrites_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> service(server.uri()).parameter("client_secret", "x"))
        .withMessageContaining("client_secret");
  }

  @Test
  void code_isSentWithItsProof_withoutScopes() {
    refreshing(server.uri())
        .scope("a")
        .exchangeCode(Secret.of("c"), URI.create("https://app.example/cb"), Secret.of("v"));

    assertThat(server.request().form())
        .containsEntry("grant_type", "authorization_code")
        .containsEntry("code", "c")
        .containsEntry("redirect_uri", "https://app.example/cb")
        .containsEntry("code_verifier", "v")
        .doesNotContainKey("scope");
  }

  @Test
  void exchange_namesSubjectAndActor() {
    TokenExchange exchange =
        TokenExchange.of(TokenExchange.JWT, key -> Secret.of("subject-of-" + key.id()))
            .actor(TokenExchange.ID_TOKEN, key -> Secret.of("actor"))
            .requestedType(TokenExchange.ACCESS_TOKEN);
    OAuth2Source.tokenExchange(
            server.uri(), "app", ClientAuthentication.post(() -> Secret.of("s")), exchange)
        .allowHttpOnLoopback()
        .fetch(request());

    assertThat(server.request().form())
        .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
        .containsEntry("subject_token", "subject-of-ada")
        .containsEntry("subject_token_type", TokenExchange.JWT)
        .containsEntry("actor_token", "actor")
        .containsEntry("actor_token_type", TokenExchange.ID_TOKEN)
        .containsEntry("requested_token_type", TokenExchange.ACCESS_TOKEN)
        .containsEntry("client_id", "app")
        .containsEntry("client_secret", "s");
  }

  @Test
  void assertion_isNewForEachAttempt_andMeantForTheTokenEndpoint() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    VirtualTime time = new VirtualTime();
    OAuth2Source source =
        service(server.uri())
            .time(time)
            .clientAuthentication(
                ClientAuthentication.privateKeyJwt(() -> new SigningKey("k", pair.getPrivate())));

    source.fetch(request());
    time.advance(Duration.ofSeconds(5));
    source.fetch(request());

    List<JsonNode> claims = server.requests.stream().map(OAuth2RequestTest::claims).toList();
    Iterator<JsonNode> both = claims.iterator();
    JsonNode first = both.next();
    JsonNode second = both.next();
    assertThat(first.get("jti")).isNotEqualTo(second.get("jti"));
    assertThat(second.get("iat").asLong() - first.get("iat").asLong()).isEqualTo(5);
    assertThat(first.get("exp").asLong() - first.get("iat").asLong()).isEqualTo(60);
    assertThat(first.get("aud").asText()).isEqualTo(server.uri().toString());
    assertThat(first.get("iss")).isEqualTo(first.get("sub"));
  }

  @Test
  void assertion_isMeantForWhomItIsTold() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    service(server.uri())
        .clientAuthentication(
            ClientAuthentication.privateKeyJwt(
                () -> new SigningKey("k", pair.getPrivate()), "https://issuer.example"))
        .fetch(request());

    assertThat(claims(server.request()).get("aud").asText()).isEqualTo("https://issuer.example");
  }

  private static JsonNode claims(Request request) {
    String assertion = request.form().getOrDefault("client_assertion", "");
    int dot = assertion.indexOf('.');
    byte[] json =
        Base64.getUrlDecoder().decode(assertion.substring(dot + 1, assertion.lastIndexOf('.')));
    try {
      return new JsonMapper().readTree(json);
    } catch (java.io.IOException notJson) {
      throw new AssertionError(notJson);
    }
  }

  @Test
  void signingKeyOfAnotherKind_isRefused() throws Exception {
    KeyPairGenerator small = KeyPairGenerator.getInstance("RSA");
    small.initialize(1024);
    KeyPair weak = small.generateKeyPair();
    KeyPairGenerator large = KeyPairGenerator.getInstance("EC");
    large.initialize(384);
    KeyPair curve = large.generateKeyPair();
    KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

    for (KeyPair pair : List.of(weak, curve, other)) {
      assertThatIllegalArgumentException().isThrownBy(() -> new SigningKey("k", pair.getPrivate()));
    }
  }

  @Test
  void missingRefreshToken_asksForASignIn_withoutACall() {
    FetchRequest empty =
        new FetchRequest(Fetches.KEY, 0, Optional.empty(), "", Duration.ofSeconds(1));

    assertThat(failure(refreshing(server.uri()), empty))
        .hasMessageContaining("idp/ada")
        .returns(FailureKind.PERMANENT, SourceException::kind);
    assertThat(server.requests).isEmpty();
  }

  @Test
  void secretThatCannotBeRead_isTransient_withoutACall() {
    OAuth2Source source =
        OAuth2Source.clientCredentials(
                server.uri(),
                "service",
                () -> {
                  throw new IllegalStateException("the vault is sealed");
                })
            .allowHttpOnLoopback();

    assertThat(failure(source))
        .hasMessageContaining("IllegalStateException")
        .returns(FailureKind.TRANSIENT, SourceException::kind);
    assertThat(server.requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://idp.example/token",
        "http://127.0.0.1.example/token",
        "http://localhost.example/token",
        "ftp://localhost/token",
        "/token",
        "mailto:a@b",
        "https://id:secret@idp.example/token",
        "https://idp.example/token#part"
      })
  void addressThatShowsSecrets_orIsNone_isRefusedAtOnce(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> service(URI.create(uri)))
        .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("secret@"));
  }

  @Test
  void plainHttp_isRefused_onLoopbackToo_untilItIsAllowed() {
    OAuth2Source source =
        OAuth2Source.clientCredentials(server.uri(), "service", () -> Secret.of("s"));

    assertThat(failure(source))
        .hasMessageContaining("allowHttpOnLoopback")
        .returns(FailureKind.CONFIG, SourceException::kind);
    assertThat(server.requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:1/t", "http://127.9.9.9/t", "http://[::1]:80/t"})
  void loopback_isKnownByItsNames(String uri) {
    assertThat(service(URI.create(uri)).upstream()).endsWith("/t#service");
  }

  @Test
  void clientThatFollowsRedirects_isRefused() {
    HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> service(server.uri()).httpClient(client))
        .withMessageContaining("NEVER");
  }

  @Test
  void callersClient_isUsed() {
    HttpClient client =
        HttpClient.newBuilder()
            .proxy(ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)))
            .build();

    assertThat(failure(service(server.uri()).httpClient(client)).kind())
        .isEqualTo(FailureKind.TRANSIENT);
    assertThat(server.requests).isEmpty();
  }

  @Test
  void upstream_isTheEndpointAndTheClient() {
    OAuth2Source source =
        OAuth2Source.clientCredentials(
            URI.create("https://idp.example:8443/oauth/token?p=x"), "bank", () -> Secret.of("s"));

    assertThat(source.upstream()).isEqualTo("idp.example:8443/oauth/token#bank");
    assertThat(source).hasToString("OAuth2Source[idp.example:8443/oauth/token#bank]");
  }

  @Test
  void settings_changeCopiesOnly() {
    OAuth2Source plain = refreshing(server.uri());
    OAuth2Source changed = plain.singleUse().resendGrace(Duration.ofSeconds(20));

    assertThat(plain.exclusive()).isFalse();
    assertThat(plain.resendGrace()).isEqualTo(Duration.ZERO);
    assertThat(changed.exclusive()).isTrue();
    assertThat(changed.resendGrace()).isEqualTo(Duration.ofSeconds(20));
    assertThat(rotating(server.uri()).exclusive()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65 * 1024 * 1024})
  void limitOfTheAnswer_isAboveZeroAndBounded(int bytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> service(server.uri()).maxResponseBytes(bytes));
  }

  @Test
  void revocation_isSentWhereItIsConfigured_andNowhereElse() {
    OAuth2Source source = refreshing(server.uri());

    source.revoke(Secret.of("old"));
    assertThat(server.requests).isEmpty();

    source.revocationEndpoint(server.uri("/revoke")).revoke(Secret.of("old"));
    assertThat(server.request().line()).startsWith("POST /revoke ");
    assertThat(server.request().form())
        .containsEntry("token", "old")
        .containsEntry("token_type_hint", "refresh_token");
  }
}
