package dev.tokenlife.oauth2;

import static dev.tokenlife.oauth2.Fetches.failure;
import static dev.tokenlife.oauth2.Fetches.refreshing;
import static dev.tokenlife.oauth2.Fetches.rotating;
import static dev.tokenlife.oauth2.Fetches.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an answer without a token means. */
class OAuth2ErrorTest {
  private static ScriptedServer server(int status, String headers, String body) {
    return ScriptedServer.answering(
        (request, connection) -> connection.answer(status, headers, body));
  }

  private static String error(String code) {
    return "{\"error\":\"" + code + "\"}";
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_grant, PERMANENT",
    "200, invalid_grant, PERMANENT",
    "500, invalid_grant, PERMANENT",
    "400, interaction_required, PERMANENT",
    "403, access_denied, PERMANENT",
    "200, bad_refresh_token, PERMANENT",
    "400, invalid_request, PERMANENT",
    "401, invalid_client, CONFIG",
    "200, invalid_client, CONFIG",
    "400, unauthorized_client, CONFIG",
    "400, unsupported_grant_type, CONFIG",
    "400, invalid_scope, CONFIG",
    "400, invalid_target, CONFIG",
    "401, something_new, CONFIG",
    "400, something_new, TRANSIENT",
    "200, something_new, TRANSIENT",
    "400, slow_down, THROTTLED",
    "400, temporarily_unavailable, TRANSIENT",
    "503, temporarily_unavailable, TRANSIENT",
    "429, invalid_request, THROTTLED",
    "503, invalid_grant, TRANSIENT"
  })
  void errorCode_decides_whateverIsSpent(int status, String code, FailureKind kind)
      throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(status, error(code))) {
      assertThat(failure(rotating(server.uri())).kind()).isEqualTo(kind);
      assertThat(failure(refreshing(server.uri())).kind()).isEqualTo(kind);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, TRANSIENT, TRANSIENT",
    "401, CONFIG, CONFIG",
    "403, TRANSIENT, TRANSIENT",
    "404, TRANSIENT, TRANSIENT",
    "302, TRANSIENT, TRANSIENT",
    "307, TRANSIENT, TRANSIENT",
    "429, THROTTLED, THROTTLED",
    "500, AMBIGUOUS, TRANSIENT",
    "502, AMBIGUOUS, TRANSIENT",
    "503, TRANSIENT, TRANSIENT",
    "504, AMBIGUOUS, TRANSIENT",
    "599, AMBIGUOUS, TRANSIENT",
    "204, AMBIGUOUS, TRANSIENT"
  })
  void statusWithoutAnErrorCode_leavesOpenWhatWasSpent(
      int status, FailureKind single, FailureKind reusable) throws IOException {
    try (ScriptedServer server =
        server(
            status, "Location: http://127.0.0.1:1/\r\n", status == 204 ? "" : "<html>no</html>")) {
      assertThat(failure(rotating(server.uri())).kind()).isEqualTo(single);
      assertThat(failure(refreshing(server.uri())).kind()).isEqualTo(reusable);
    }
  }

  @Test
  void serverError_asACode_isLikeTheStatus() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(200, error("server_error"))) {
      assertThat(failure(rotating(server.uri())).kind()).isEqualTo(FailureKind.AMBIGUOUS);
      assertThat(failure(refreshing(server.uri())).kind()).isEqualTo(FailureKind.TRANSIENT);
    }
  }

  @Test
  void invalidRequestOfTheClientItself_isAConfigFailure() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(400, error("invalid_request"))) {
      assertThat(failure(service(server.uri())).kind()).isEqualTo(FailureKind.CONFIG);
    }
  }

  @Test
  void redirect_isNotFollowed() throws Exception {
    try (ScriptedServer elsewhere = ScriptedServer.answering(200, "{\"access_token\":\"t\"}");
        ScriptedServer server = server(307, "Location: " + elsewhere.uri() + "\r\n", "")) {
      assertThat(failure(service(server.uri()))).hasMessageContaining("redirect");
      assertThat(elsewhere.requests).isEmpty();
    }
  }

  @Test
  void waitInSeconds_isPassedOn_withWhateverKind() throws Exception {
    try (ScriptedServer throttled = server(429, "Retry-After: 7\r\n", "");
        ScriptedServer down = server(503, "Retry-After: 8\r\n", "");
        ScriptedServer broken = server(500, "Retry-After: 9\r\n", "")) {
      assertThat(failure(rotating(throttled.uri())).retryAfter()).contains(Duration.ofSeconds(7));
      assertThat(failure(rotating(down.uri())))
          .returns(FailureKind.THROTTLED, SourceException::kind)
          .satisfies(it -> assertThat(it.retryAfter()).contains(Duration.ofSeconds(8)));
      assertThat(failure(rotating(broken.uri())))
          .returns(FailureKind.AMBIGUOUS, SourceException::kind)
          .satisfies(it -> assertThat(it.retryAfter()).contains(Duration.ofSeconds(9)));
    }
  }

  @Test
  void waitUntilADate_isReadByTheServersClock_elseByOurs() throws Exception {
    VirtualTime time = new VirtualTime(Instant.parse("2030-01-01T00:00:00Z"));
    String until = "Retry-After: Tue, 01 Jan 2030 00:01:30 GMT\r\n";
    String anHourOff = "Date: Mon, 31 Dec 2029 23:01:00 GMT\r\n";
    try (ScriptedServer dated = server(429, until + anHourOff, "");
        ScriptedServer bare = server(429, until, "")) {
      assertThat(failure(service(dated.uri()).time(time)).retryAfter())
          .contains(Duration.ofSeconds(3630));
      assertThat(failure(service(bare.uri()).time(time)).retryAfter())
          .contains(Duration.ofSeconds(90));
    }
  }

  @Test
  void message_namesEndpointClientAndNextStep_inOneShortLine() throws Exception {
    String description = "two\\nlines \\u001b[31m " + "x".repeat(5000);
    String body = "{\"error\":\"invalid_grant\",\"error_description\":\"" + description + "\"}";
    try (ScriptedServer server = ScriptedServer.answering(400, body)) {
      assertThat(failure(refreshing(server.uri("/token?tenant=1"))).getMessage())
          .startsWith(server.uri() + " gave client app nothing: status 400, error invalid_grant (")
          .endsWith("somebody must sign in again")
          .doesNotContain("tenant")
          .doesNotContainPattern("\\p{Cntrl}")
          .hasSizeLessThan(400);
    }
  }
}
