package dev.tokenlife.examples.attendance.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** One person's way to the server. Whatever is no answer, or a server error, is a finding. */
final class Browser {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Answer NONE = new Answer(0, JSON.createObjectNode());

  private final HttpClient http;
  private final String address;
  private final Findings findings;
  private final String bearer;
  private final String userId;

  private Browser(
      HttpClient http, String address, Findings findings, String bearer, String userId) {
    this.http = http;
    this.address = address;
    this.findings = findings;
    this.bearer = bearer;
    this.userId = userId;
  }

  static Browser signIn(
      HttpClient http, String address, Findings findings, String name, String role) {
    Browser nobody = new Browser(http, address, findings, "", "");
    Answer answer = nobody.post("/api/login", Map.of("name", name, "role", role), Set.of());
    return new Browser(http, address, findings, answer.text("bearer"), answer.text("userId"));
  }

  String userId() {
    return userId;
  }

  String bearer() {
    return bearer;
  }

  Answer get(String path) {
    return send(request(path).GET(), path, Set.of());
  }

  /** Posts; of the refusals only the expected ones are none of our business. */
  Answer post(String path, Map<String, ?> body, Set<String> expected) {
    ObjectNode json = JSON.valueToTree(body);
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json.toString()));
    return send(request, path, expected);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + bearer);
  }

  static JsonNode json(String text) throws IOException {
    return JSON.readTree(text);
  }

  private Answer send(HttpRequest.Builder request, String path, Set<String> expected) {
    findings.requested();
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      Answer answer = new Answer(response.statusCode(), JSON.readTree(response.body()));
      if (!answer.ok() && !expected.contains(answer.error())) {
        findings.add(answer.status() + " " + answer.error() + " for " + plain(path));
      }
      return answer;
    } catch (IOException failure) {
      findings.add(failure.getClass().getSimpleName() + " for " + plain(path));
      return NONE;
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return NONE;
    }
  }

  private static String plain(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }
}
