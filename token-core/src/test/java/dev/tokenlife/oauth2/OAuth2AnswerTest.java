package dev.tokenlife.oauth2;

import static dev.tokenlife.oauth2.Fetches.failure;
import static dev.tokenlife.oauth2.Fetches.refreshing;
import static dev.tokenlife.oauth2.Fetches.request;
import static dev.tokenlife.oauth2.Fetches.rotating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.FetchedToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of an answer that carries a token. */
class OAuth2AnswerTest {
  private static final Duration UNKNOWN = Duration.ofSeconds(77);

  private static FetchedToken answer(String json) throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(200, json)) {
      return refreshing(server.uri()).defaultLifetime(UNKNOWN).fetch(request());
    }
  }

  private static long lifetime(String expiresIn) throws IOException {
    return answer("{\"access_token\":\"t\",\"expires_in\":" + expiresIn + "}").expiresAt(0);
  }

  @Test
  void everythingTheServerSaid_isKept() throws Exception {
    FetchedToken token =
        answer(
            """
            {"access_token": "a", "token_type": "bearer", "expires_in": 3600, "refresh_in": 1800,
             "refresh_token": "r", "scope": "x y", "refresh_expires_in": 86400,
             "tenant": {"id": 7}, "roles": ["p", "q"], "active": true, "note": null}
            """);

    assertThat(token.accessToken()).isEqualTo(Secret.of("a"));
    assertThat(token.type()).isEqualTo("bearer");
    assertThat(token.expiresAt(1_000)).isEqualTo(3_601_000);
    assertThat(token.refreshIn()).isEqualTo(Duration.ofMinutes(30));
    assertThat(token.refreshToken()).isEqualTo(Secret.of("r"));
    assertThat(token.scopes()).isEqualTo("x y");
    assertThat(token.attributes())
        .containsOnly(
            Map.entry("refresh_expires_in", "86400"),
            Map.entry("tenant", "{\"id\":7}"),
            Map.entry("roles", "[\"p\",\"q\"]"),
            Map.entry("active", "true"));
  }

  @Test
  void whatIsAbsent_isLeftAsItWas() throws Exception {
    FetchedToken token = answer("{\"access_token\":\"a\"}");

    assertThat(token.refreshToken()).isNull();
    assertThat(token.scopes()).isNull();
    assertThat(token.refreshIn()).isNull();
    assertThat(token.type()).isEqualTo("Bearer");
    assertThat(token.expiresAt(0)).isEqualTo(UNKNOWN.toMillis());
    assertThat(token.attributes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\" \"", "7"})
  void emptyRefreshTokenAndScope_areAsIfAbsent(String nothing) throws Exception {
    FetchedToken token =
        answer(
            "{\"access_token\":\"a\",\"refresh_token\":" + nothing + ",\"scope\":" + nothing + "}");

    assertThat(token.refreshToken()).isNull();
    assertThat(token.scopes()).isNull();
  }

  @Test
  void scopesInAnArray_areJoined() throws Exception {
    assertThat(answer("{\"access_token\":\"a\",\"scope\":[\"x\",\"y\"]}").scopes())
        .isEqualTo("x y");
  }

  @ParameterizedTest
  @CsvSource({"3600,3600", "'\"3600\"',3600", "'\" 60 \"',60", "59.9,59", "'\"1e2\"',100"})
  void lifetime_isANumberOrAText(String sent, long seconds) throws Exception {
    assertThat(lifetime(sent)).isEqualTo(seconds * 1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "-1e300", "\"-9223372036854775809\"", "0.5"})
  void lifetimeOfZeroOrLess_isZero(String sent) throws Exception {
    assertThat(lifetime(sent)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e300",
        "1e999999999",
        "9223372036854775807",
        "99999999999999999999999999999999",
        "\"1e400\"",
        "\"99999999999999999999999999\""
      })
  void lifetimeBeyondACentury_isACentury(String sent) throws Exception {
    assertThat(lifetime(sent)).isEqualTo(Lifetimes.LONGEST.toMillis());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\"soon\"", "\"NaN\"", "\"0x10p1\"", "true", "[]", "{}"})
  void lifetimeThatIsNoNumber_isTheDefault(String sent) throws Exception {
    assertThat(lifetime(sent)).isEqualTo(UNKNOWN.toMillis());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "\"x\"", "null"})
  void hintThatIsNone_isLeftOut(String sent) throws Exception {
    assertThat(answer("{\"access_token\":\"t\",\"refresh_in\":" + sent + "}").refreshIn()).isNull();
  }

  @Test
  void tokenBesideAnEmptyError_isAToken() throws Exception {
    assertThat(answer("{\"access_token\":\"t\",\"error\":\"\"}").accessToken().reveal())
        .isEqualTo("t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>Welcome</html>",
        "access_token=t&expires_in=60",
        "[]",
        "null",
        "{}",
        "{\"access_token\":\"\"}",
        "{\"access_token\":7}",
        "{\"access_token\":\"t\"",
        "{\"access_token\":\"t\"} trailing",
        "{\"access_token\":\"t\",\"expires_in\":+5}",
        "{\"access_token\":\"a\\r\\nX-Injected: 1\"}",
        "{\"access_token\":\"t\u00e9\"}"
      })
  void successWithoutAReadableToken_mayHaveSpentTheGrant(String body) throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(200, body)) {
      assertThat(failure(rotating(server.uri())).kind()).isEqualTo(FailureKind.AMBIGUOUS);
      assertThat(failure(refreshing(server.uri())).kind()).isEqualTo(FailureKind.TRANSIENT);
    }
  }

  @Test
  void nestingWithoutEnd_isNoToken() throws Exception {
    String deep = "{\"access_token\":\"t\",\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
    try (ScriptedServer server = ScriptedServer.answering(200, deep)) {
      assertThat(failure(refreshing(server.uri())).kind()).isEqualTo(FailureKind.TRANSIENT);
    }
  }

  @Test
  void chunkedAnswer_isRead() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.answering(
            (request, connection) -> {
              connection.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              connection.raw("10\r\n{\"access_token\":\r\n");
              connection.raw("4\r\n\"t\"}\r\n0\r\n\r\n");
            })) {
      assertThat(refreshing(server.uri()).fetch(request()).accessToken().reveal()).isEqualTo("t");
    }
  }

  @Test
  void compressedAnswer_isRead_upToTheLimit() throws Exception {
    byte[] small = gzip("{\"access_token\":\"t\"}");
    byte[] bomb = gzip("{\"access_token\":\"" + "t".repeat(1_000_000) + "\"}");
    try (ScriptedServer server = compressed(small);
        ScriptedServer bomber = compressed(bomb)) {
      assertThat(refreshing(server.uri()).fetch(request()).accessToken().reveal()).isEqualTo("t");
      assertThat(failure(rotating(bomber.uri())).kind()).isEqualTo(FailureKind.AMBIGUOUS);
    }
  }

  private static ScriptedServer compressed(byte[] body) {
    return ScriptedServer.answering(
        (request, connection) -> {
          connection.raw(
              "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                  + body.length
                  + "\r\n\r\n");
          connection.raw(body);
        });
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
