package dev.tokenlife.examples.cluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tokenlife.Tokens;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.FetchedToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Persons who sign in: at the beginning, and again when the library says that somebody must. Each
 * gets a new grant from the server and hands it to the library. A failed sign-in is tried again.
 */
final class SignIns {
  private static final Logger log = LoggerFactory.getLogger(SignIns.class);
  private static final int PERSONS = 8;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<String> wanted = new LinkedBlockingQueue<>();
  private final URI server;
  private final Tokens tokens;

  SignIns(URI server, Tokens tokens) {
    this.server = server;
    this.tokens = tokens;
  }

  void start() {
    for (int i = 0; i < PERSONS; i++) {
      Thread person = new Thread(this::signInOn, "person-" + i);
      person.setDaemon(true);
      person.start();
    }
  }

  /** Somebody will sign in for this grant, soon. */
  void want(String grant) {
    wanted.add(grant);
  }

  /** Returns how many are still to sign in. */
  int waiting() {
    return wanted.size();
  }

  private void signInOn() {
    try {
      while (true) {
        String grant = wanted.take();
        try {
          signIn(grant);
        } catch (IOException | RuntimeException failure) {
          log.warn("A sign-in failed grant={}: trying again", grant, failure);
          wanted.add(grant);
          Thread.sleep(200);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void signIn(String grant) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/sign-in?grant=" + grant))
            .POST(HttpRequest.BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(10))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("the server answered " + answer.statusCode() + " to a sign-in");
    }
    JsonNode granted = json.readTree(answer.body());
    FetchedToken token =
        FetchedToken.of(
                granted.get("access_token").asText(),
                Duration.ofSeconds(granted.get("expires_in").asLong()))
            .withRefreshToken(Secret.of(granted.get("refresh_token").asText()));
    tokens.adopt(GrantNames.key(grant), granted.get("grant_id").asText(), token);
  }
}
