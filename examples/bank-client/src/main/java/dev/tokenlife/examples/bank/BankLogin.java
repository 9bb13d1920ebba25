package dev.tokenlife.examples.bank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.spi.TokenSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The bank's own login API as a token source: all that an application writes for an upstream. */
final class BankLogin implements TokenSource {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final URI login;

  BankLogin(HttpClient http, URI login) {
    this.http = http;
    this.login = login;
  }

  @Override
  public FetchedToken fetch(FetchRequest request) throws IOException, InterruptedException {
    HttpRequest post =
        HttpRequest.newBuilder(login)
            .timeout(request.deadline())
            .POST(HttpRequest.BodyPublishers.ofString("{\"user\":\"payments\"}"))
            .build();
    HttpResponse<byte[]> response = http.send(post, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new SourceException(
          FailureKind.TRANSIENT, "the bank's login answered " + response.statusCode());
    }
    JsonNode body = JSON.readTree(response.body());
    return FetchedToken.of(
        body.path("session").asText(), Duration.ofSeconds(body.path("seconds").asLong()));
  }

  @Override
  public String upstream() {
    return login.toString();
  }
}
