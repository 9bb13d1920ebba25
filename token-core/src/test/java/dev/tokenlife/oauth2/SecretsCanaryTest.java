package dev.tokenlife.oauth2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.Secret;
import dev.tokenlife.oauth2.ScriptedServer.Request;
import dev.tokenlife.oauth2.ScriptedServer.Script;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.SourceException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Marked secrets go through every path; nothing that people read may show one, or a part of it. */
class SecretsCanaryTest {
  private static final Secret CLIENT = Secret.of("Canary/Client+Key=9f3b71");
  private static final Secret REFRESH = Secret.of("canary-refresh.token~4d2a");
  private static final Secret SUBJECT = Secret.of("canary-subject:token 77e1");
  private static final Secret PIN = Secret.of("canary-pin-5b0c");
  private static final Secret CODE = Secret.of("canary-code-19aa");
  private static final Secret VERIFIER = Secret.of("canary-verifier-30de");
  private static final List<Secret> SENT = List.of(CLIENT, REFRESH, SUBJECT, PIN, CODE, VERIFIER);
  private static final String ANSWERED = "canary-answer-c81f";

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Logger own = (Logger) LoggerFactory.getLogger("dev.tokenlife");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final List<String> seen = new ArrayList<>();

  @BeforeEach
  void listen() {
    own.setLevel(Level.TRACE);
    own.setAdditive(false);
    own.addAppender(logged);
    logged.start();
    root.addAppender(logged);
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(logged);
    own.detachAppender(logged);
    own.setAdditive(true);
    own.setLevel(null);
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        answer("token", (sent, to) -> to.json(200, token())),
        answer("unreadable token", (sent, to) -> to.json(200, token() + echo(sent))),
        answer("page", (sent, to) -> to.answer(200, "", "<html>" + echo(sent))),
        answer("description", (sent, to) -> to.json(400, error("invalid_grant", echo(sent)))),
        answer("decoded", (sent, to) -> to.json(400, error("invalid_grant", decoded(sent)))),
        answer("code", (sent, to) -> to.json(401, error(echo(sent), "no"))),
        answer(
            "shout",
            (sent, to) -> to.json(500, error("x", decoded(sent).toUpperCase(Locale.ROOT)))),
        answer("part", (sent, to) -> to.json(400, error("x", part(decoded(sent))))),
        answer("redirect", (sent, to) -> to.answer(307, "Location: /?" + sent.body() + "\r\n", "")),
        broken("status line", (sent, to) -> to.raw(echo(sent) + "\r\n\r\n")),
        broken("header", (sent, to) -> to.raw("HTTP/1.1 200 OK\r\n" + echo(sent) + "\r\n\r\n")),
        broken(
            "bad length",
            (sent, to) -> to.answer(200, "Content-Length: " + echo(sent) + "\r\n", "")),
        broken(
            "cut",
            (sent, to) -> to.raw("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n" + token())),
        broken("nothing", (sent, to) -> to.close()));
  }

  private static Arguments answer(String name, Script script) {
    return Arguments.of(name, script);
  }

  private static Arguments broken(String name, Script script) {
    Script andNoMore =
        (sent, to) -> {
          script.answer(sent, to);
          to.close();
        };
    return Arguments.of(name, andNoMore);
  }

  private static String token() {
    return "{\"access_token\":\"" + ANSWERED + "\",\"refresh_token\":\"" + ANSWERED + "\"}";
  }

  private static String echo(Request sent) {
    return sent.headers().getOrDefault("authorization", "") + " " + sent.body();
  }

  private static String decoded(Request sent) {
    return String.join(" ", sent.form().values()) + " " + CLIENT.reveal();
  }

  /** All but the last two characters of each word, as those do who mean to be careful. */
  private static String part(String text) {
    return text.replaceAll(".{2}( |$)", "...$1");
  }

  private static String error(String code, String description) {
    return "{\"error\":\"" + code + "\",\"error_description\":\"" + description + "\"}";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void secrets_areNotSeen_whateverTheServerAnswers(String name, Script script) throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(script)) {
      for (OAuth2Source source : sources(server.uri())) {
        seen.add(source.toString());
        observe(() -> source.fetch(request()));
        observe(() -> source.exchangeCode(CODE, URI.create("https://a.example/"), VERIFIER));
        observe(
            () -> {
              source.revoke(REFRESH);
              return "revoked";
            });
      }
      String received = String.join("\n", server.requests.stream().map(Request::body).toList());
      assertThat(SENT.stream().map(SecretsCanaryTest::encoded)).allMatch(received::contains);
    }
    if (name.equals("token")) {
      assertThat(logged.list).isNotEmpty();
    }
    assertNothingSeen();
  }

  private static List<OAuth2Source> sources(URI uri) {
    List<ClientAuthentication> ways =
        List.of(ClientAuthentication.basic(() -> CLIENT), ClientAuthentication.post(() -> CLIENT));
    TokenExchange exchange =
        TokenExchange.of(TokenExchange.JWT, key -> SUBJECT).actor(TokenExchange.JWT, k -> SUBJECT);
    List<OAuth2Source> sources = new ArrayList<>();
    for (ClientAuthentication way : ways) {
      sources.add(OAuth2Source.refreshToken(uri, "app", way).singleUse());
      sources.add(OAuth2Source.clientCredentials(uri, "app", way).scope("a"));
      sources.add(OAuth2Source.tokenExchange(uri, "app", way, exchange));
    }
    return sources.stream()
        .map(s -> s.parameter("pin", () -> PIN).revocationEndpoint(uri).allowHttpOnLoopback())
        .toList();
  }

  @Test
  void secrets_areNotSeen_whenTheApplicationsCodeThrowsThem() {
    URI uri = URI.create("https://idp.example/token");
    observe(
        () ->
            OAuth2Source.clientCredentials(
                    uri,
                    "app",
                    () -> {
                      throw new IllegalStateException(CLIENT.reveal());
                    })
                .fetch(request()));
    TokenExchange exchange =
        TokenExchange.of(
            TokenExchange.JWT,
            key -> {
              throw new IllegalArgumentException(SUBJECT.reveal());
            });
    observe(
        () ->
            OAuth2Source.tokenExchange(uri, "app", ClientAuthentication.none(), exchange)
                .fetch(request()));
    assertThat(seen).hasSize(2);
    assertNothingSeen();
  }

  @Test
  void secrets_areNotSeen_inWhatPrintsItself() throws Exception {
    var key =
        new SigningKey("k", KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate());
    TokenForm form = new TokenForm().add("refresh_token", REFRESH);
    form.authorize("app", CLIENT);
    seen.add(key.toString());
    seen.add(form.redaction().toString());
    seen.add(request().toString());
    seen.add(TokenExchange.of(TokenExchange.JWT, any -> SUBJECT).toString());
    seen.add(ClientAuthentication.post(() -> CLIENT).toString());
    seen.add(
        new Grant.AuthorizationCode(CODE, URI.create("https://a.example/"), VERIFIER).toString());
    seen.add(new AccessToken(Secret.of(ANSWERED), "Bearer", "", 1, 0).toString());
    assertNothingSeen();
  }

  private static FetchRequest request() {
    return new FetchRequest(Fetches.KEY, 1, Optional.of(REFRESH), "", Duration.ofSeconds(5));
  }

  private void observe(Callable<?> call) {
    try {
      seen.add(String.valueOf(call.call()));
    } catch (Exception failure) {
      assertThat(failure).isInstanceOf(SourceException.class);
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      seen.add(trace.toString());
    }
  }

  private void assertNothingSeen() {
    for (ILoggingEvent event : logged.list) {
      seen.add(event.getFormattedMessage() + event.getKeyValuePairs() + event.getThrowableProxy());
    }
    String basic = Base64.getEncoder().encodeToString(("app:" + encoded(CLIENT)).getBytes(UTF_8));
    assertThat(seen)
        .isNotEmpty()
        .allSatisfy(
            text ->
                assertThat(text.toLowerCase(Locale.ROOT))
                    .doesNotContain("canary-")
                    .doesNotContain("canary/")
                    .doesNotContain("canary%2f")
                    .doesNotContain(basic.substring(8, 20).toLowerCase(Locale.ROOT)));
  }

  private static String encoded(Secret secret) {
    return URLEncoder.encode(secret.reveal(), UTF_8);
  }
}
