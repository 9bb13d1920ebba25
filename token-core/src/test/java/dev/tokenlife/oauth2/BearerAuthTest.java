package dev.tokenlife.oauth2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BearerAuthTest {
  /** Takes the token of generation 2 and later. */
  private final ScriptedServer server =
      ScriptedServer.answering(
          (request, connection) -> {
            String token = request.headers().getOrDefault("authorization", "");
            if (token.equals("Bearer token-1") || token.equals("Bearer never")) {
              connection.json(401, "no");
            } else {
              connection.json(200, token);
            }
          });

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final AtomicLong generation = new AtomicLong(1);
  private final List<Long> rejected = new CopyOnWriteArrayList<>();
  private final BearerAuth auth =
      BearerAuth.of(
          () -> token("token-" + generation.get(), generation.get()),
          token -> {
            rejected.add(token.generation());
            generation.compareAndSet(token.generation(), token.generation() + 1);
          });

  private static AccessToken token(String value, long generation) {
    return new AccessToken(Secret.of(value), "Bearer", "", generation, Long.MAX_VALUE);
  }

  @AfterEach
  void stop() throws Exception {
    executor.shutdownNow();
    server.close();
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(server.uri("/pay"));
  }

  @Test
  void token_isAddedWhenTheRequestIsSent_inPlaceOfAnother() throws Exception {
    HttpRequest request = request().header("authorization", "Bearer stale").build();
    generation.set(7);

    assertThat(auth.send(client, request, BodyHandlers.ofString()).body())
        .isEqualTo("Bearer token-7");
    assertThat(server.request().headers()).containsEntry("authorization", "Bearer token-7");
    assertThat(rejected).isEmpty();
  }

  @Test
  void rejectedToken_isReported_andTheRequestIsSentOnceMore_withItsBody() throws Exception {
    HttpRequest request = request().POST(BodyPublishers.ofString("amount=5")).build();

    HttpResponse<String> answer = auth.send(client, request, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(rejected).containsExactly(1L);
    assertThat(server.requests)
        .extracting(ScriptedServer.Request::body)
        .containsExactly("amount=5", "amount=5");
  }

  @Test
  void secondRejection_isTheAnswer() throws Exception {
    BearerAuth hopeless = BearerAuth.of(() -> token("never", 1), token -> rejected.add(1L));

    HttpResponse<String> answer = hopeless.send(client, request().build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("no");
    assertThat(server.requests).hasSize(2);
    assertThat(rejected).hasSize(1);
  }

  @Test
  void streamedRequest_isNotRepeated_butTheTokenIsReported() throws Exception {
    InputStream once = new ByteArrayInputStream(new byte[] {1, 2, 3});
    HttpRequest request = request().POST(BodyPublishers.ofInputStream(() -> once)).build();

    HttpResponse<String> answer = auth.send(client, request, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("no");
    assertThat(server.requests).hasSize(1);
    assertThat(rejected).containsExactly(1L);
  }

  @Test
  void whatMayBeRepeated_canBeDecidedOtherwise() throws Exception {
    HttpRequest request = request().POST(BodyPublishers.ofString("once")).build();

    HttpResponse<String> answer =
        auth.repeatIf(sent -> sent.method().equals("GET"))
            .send(client, request, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void bodyOfTheFirstAnswer_isReadToItsEnd_soItsConnectionIsUsedAgain() throws Exception {
    try (InputStream body =
        auth.send(client, request().build(), BodyHandlers.ofInputStream()).body()) {
      assertThat(body.readAllBytes()).isNotEmpty();
    }
    assertThat(server.requests).hasSize(2);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void asynchronousRequest_isRepeatedTheSameWay() {
    HttpResponse<String> answer =
        auth.sendAsync(client, request().build(), BodyHandlers.ofString(), executor).join();

    assertThat(answer.body()).isEqualTo("Bearer token-2");
    assertThat(rejected).containsExactly(1L);
  }

  @Test
  void asynchronousRequestWithAGoodToken_isSentOnce() {
    generation.set(2);

    assertThat(
            auth.sendAsync(client, request().build(), BodyHandlers.ofString(), executor)
                .join()
                .statusCode())
        .isEqualTo(200);
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void asynchronousTokens_areReadAndReportedOnTheExecutor() {
    List<String> threads = new CopyOnWriteArrayList<>();
    BearerAuth watched =
        BearerAuth.of(
            () -> {
              threads.add(Thread.currentThread().getName());
              return token("token-1", 1);
            },
            token -> threads.add(Thread.currentThread().getName()));
    String executorThread =
        java.util.concurrent.CompletableFuture.supplyAsync(
                () -> Thread.currentThread().getName(), executor)
            .join();

    watched.sendAsync(client, request().build(), BodyHandlers.ofString(), executor).join();

    assertThat(threads).hasSize(3).containsOnly(executorThread);
  }

  @Test
  void missingToken_isTheCallersFailure_andNothingIsSent() {
    BearerAuth none =
        BearerAuth.of(
            () -> {
              throw new IllegalStateException("no token");
            },
            token -> {});

    assertThatThrownBy(() -> none.send(client, request().build(), BodyHandlers.ofString()))
        .isInstanceOf(IllegalStateException.class);
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(
            () ->
                none.sendAsync(client, request().build(), BodyHandlers.ofString(), executor).join())
        .withCauseInstanceOf(IllegalStateException.class);
    assertThat(server.requests).isEmpty();
  }
}
