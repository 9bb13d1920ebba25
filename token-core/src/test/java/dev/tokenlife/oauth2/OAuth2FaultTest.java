package dev.tokenlife.oauth2;

import static dev.tokenlife.oauth2.Fetches.failure;
import static dev.tokenlife.oauth2.Fetches.refreshing;
import static dev.tokenlife.oauth2.Fetches.request;
import static dev.tokenlife.oauth2.Fetches.rotating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Secret;
import dev.tokenlife.oauth2.ScriptedServer.Script;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.time.TimeSource;
import dev.tokenlife.time.VirtualTime;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that do not do what they should. */
@Timeout(30)
class OAuth2FaultTest {
  private static final Duration SHORT = Duration.ofMillis(700);
  private static final String LOST = "after the request was sent";
  private static final String NOT_SENT = "before anything was sent";

  /** The first call loads classes, which may take longer than a short deadline. */
  @BeforeAll
  static void warmUp() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(200, "{\"access_token\":\"t\"}")) {
      refreshing(server.uri()).fetch(request());
    }
  }

  private static Arguments fault(String name, Script script) {
    return Arguments.of(name, script);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("lost answer", (request, connection) -> connection.close()),
        fault("slow headers", (request, connection) -> connection.hang()),
        fault(
            "half of the headers",
            (request, connection) -> {
              connection.raw("HTTP/1.1 200 OK\r\nContent-Ty");
              connection.hang();
            }),
        fault(
            "slow body",
            (request, connection) -> {
              connection.raw("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"access_token\"");
              connection.hang();
            }),
        fault("dripping body", OAuth2FaultTest::drip),
        fault(
            "cut body",
            (request, connection) -> {
              connection.raw("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"access_token\"");
              connection.close();
            }),
        fault(
            "cut chunks",
            (request, connection) -> {
              connection.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a");
              connection.close();
            }),
        fault(
            "garbage",
            (request, connection) -> {
              connection.raw("220 mail.example ESMTP\r\n\r\n");
              connection.close();
            }),
        fault(
            "too large, and says so",
            (request, connection) -> connection.json(200, "x".repeat(300_000))),
        fault(
            "too large",
            (request, connection) -> {
              connection.raw("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(300_000));
              connection.hang();
            }));
  }

  private static void drip(ScriptedServer.Request request, ScriptedServer.Connection connection)
      throws Exception {
    connection.raw("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (true) {
      connection.raw(" ");
      TimeSource.system().sleep(Duration.ofMillis(20));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void lostSuccess_isAmbiguous_ifItSpendsSomething(String name, Script script) throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(script)) {
      assertThat(failure(rotating(server.uri()), request(SHORT)))
          .hasMessageContaining(LOST)
          .returns(FailureKind.AMBIGUOUS, SourceException::kind);
      assertThat(server.requests).hasSize(1);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void lostSuccess_isTransientOtherwise_andEndsAtItsDeadlineWithItsConnection(
      String name, Script script) throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    Script watched =
        (request, connection) -> {
          Thread watcher =
              new Thread(
                  () -> {
                    try {
                      connection.awaitClientGone();
                    } catch (IOException closed) {
                      return;
                    } finally {
                      gone.countDown();
                    }
                  });
          watcher.setDaemon(true);
          watcher.start();
          script.answer(request, connection);
        };
    try (ScriptedServer server = ScriptedServer.answering(watched)) {
      long start = System.nanoTime();
      assertThat(failure(refreshing(server.uri()), request(SHORT)).kind())
          .isEqualTo(FailureKind.TRANSIENT);
      long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

      assertThat(tookMillis).isLessThan(5_000);
      ScriptedServer.await(gone);
    }
  }

  @Test
  void refusedConnection_hasSpentNothing() throws Exception {
    // Bound and not listening: refused, and nobody else's meanwhile.
    try (Socket taken = new Socket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      URI nobody = URI.create("http://127.0.0.1:" + taken.getLocalPort() + "/token");
      assertThat(failure(rotating(nobody)))
          .hasMessageContaining(NOT_SENT)
          .returns(FailureKind.TRANSIENT, SourceException::kind);
    }
  }

  @Test
  void failedHandshake_hasSpentNothing() throws Exception {
    try (ScriptedServer plain = ScriptedServer.answering(200, "{}")) {
      URI tls = URI.create(plain.uri().toString().replace("http:", "https:"));

      assertThat(failure(rotating(tls)))
          .hasMessageContaining("SSLHandshakeException")
          .hasMessageContaining(NOT_SENT)
          .returns(FailureKind.TRANSIENT, SourceException::kind);
    }
  }

  @Test
  void refusalWithACutBody_isKnownByItsStatus() throws Exception {
    Script cut =
        (request, connection) -> {
          connection.raw("HTTP/1.1 429 X\r\nRetry-After: 3\r\nContent-Length: 50\r\n\r\n{");
          connection.close();
        };
    try (ScriptedServer server = ScriptedServer.answering(cut)) {
      assertThat(failure(rotating(server.uri())))
          .returns(FailureKind.THROTTLED, SourceException::kind)
          .satisfies(it -> assertThat(it.retryAfter()).contains(Duration.ofSeconds(3)));
    }
  }

  @Test
  void answerBelowTheLimit_isTaken_aboveItIsNot() throws Exception {
    String body = "{\"access_token\":\"t\"}";
    try (ScriptedServer server = ScriptedServer.answering(200, body)) {
      OAuth2Source source = rotating(server.uri());

      assertThat(source.maxResponseBytes(body.length()).fetch(request()).accessToken())
          .isEqualTo(Secret.of("t"));
      assertThat(failure(source.maxResponseBytes(body.length() - 1)))
          .hasMessageContaining("larger")
          .returns(FailureKind.AMBIGUOUS, SourceException::kind);
    }
  }

  @Test
  void answerWithoutAStatedLength_isCutOffAtTheLimit() throws Exception {
    Script endless =
        (request, connection) -> {
          connection.raw("HTTP/1.1 200 OK\r\n\r\n");
          while (true) {
            connection.raw("x".repeat(10_000));
          }
        };
    try (ScriptedServer server = ScriptedServer.answering(endless)) {
      assertThat(failure(rotating(server.uri()))).hasMessageContaining("larger than 262144 bytes");
    }
  }

  @Test
  void interruption_endsTheExchange_andStays() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    Script hanging =
        (request, connection) -> {
          connection.awaitClientGone();
          gone.countDown();
        };
    try (ScriptedServer server = ScriptedServer.answering(hanging)) {
      FutureTask<Boolean> fetch =
          new FutureTask<>(
              () -> {
                assertThat(failure(rotating(server.uri())))
                    .hasMessageContaining("interrupted")
                    .hasMessageContaining(LOST)
                    .returns(FailureKind.AMBIGUOUS, SourceException::kind);
                return Thread.currentThread().isInterrupted();
              });
      Thread thread = new Thread(fetch);
      thread.start();
      await().until(() -> server.requests.size() == 1);
      thread.interrupt();

      assertThat(fetch.get(5, TimeUnit.SECONDS)).isTrue();
      ScriptedServer.await(gone);
    }
  }

  @Test
  void interruptedThread_sendsNothing_andStaysInterrupted() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(200, "{}")) {
      Thread.currentThread().interrupt();
      SourceException failure = failure(rotating(server.uri()));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(failure).returns(FailureKind.TRANSIENT, SourceException::kind);
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void deadlineThatPassedWhileTheSecretWasRead_sendsNothing() throws Exception {
    VirtualTime time = new VirtualTime();
    try (ScriptedServer server = ScriptedServer.answering(200, "{\"access_token\":\"t\"}")) {
      OAuth2Source slowVault =
          OAuth2Source.refreshToken(
                  server.uri(),
                  "app",
                  () -> {
                    time.advance(Duration.ofSeconds(6));
                    return Secret.of("s");
                  })
              .singleUse()
              .allowHttpOnLoopback()
              .time(time);

      assertThat(failure(slowVault))
          .hasMessageContaining(NOT_SENT)
          .returns(FailureKind.TRANSIENT, SourceException::kind);
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void grantIsSentOnce_evenIfTheCallersClientWouldRepeatTheRequest() throws Exception {
    Script challenge =
        (request, connection) ->
            connection.answer(401, "WWW-Authenticate: Basic realm=\"x\"\r\n", "");
    HttpClient repeating =
        HttpClient.newBuilder()
            .authenticator(
                new Authenticator() {
                  @Override
                  protected PasswordAuthentication getPasswordAuthentication() {
                    return new PasswordAuthentication("u", "p".toCharArray());
                  }
                })
            .build();
    try (ScriptedServer server = ScriptedServer.answering(challenge)) {
      OAuth2Source source =
          OAuth2Source.refreshToken(server.uri(), "app", ClientAuthentication.none())
              .singleUse()
              .allowHttpOnLoopback()
              .httpClient(repeating);

      failure(source, request(Duration.ofSeconds(1)));

      assertThat(server.requests.stream().filter(sent -> sent.body().contains("refresh_token=")))
          .hasSize(1);
    }
  }

  @Test
  void answeredCalls_shareOneConnection() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(200, "{\"access_token\":\"t\"}")) {
      for (int call = 0; call < 20; call++) {
        refreshing(server.uri()).fetch(request());
      }
      assertThat(server.requests).hasSize(20);
      assertThat(server.connections()).isEqualTo(1);
    }
  }
}
