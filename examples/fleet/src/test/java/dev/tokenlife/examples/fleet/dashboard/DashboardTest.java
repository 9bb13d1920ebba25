package dev.tokenlife.examples.fleet.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tokenlife.examples.fleet.Samples;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DashboardTest {
  private final History history = new History();
  private final HttpClient http = HttpClient.newHttpClient();
  private Dashboard dashboard;

  @BeforeEach
  void open() throws IOException {
    dashboard = Dashboard.open(0, history);
    for (int second = 0; second < 10; second++) {
      history.add(Samples.of(second));
    }
    history.now(Duration.ofMinutes(1), Optional.empty(), Samples.PROMISES, List.of(Samples.LETTER));
  }

  @AfterEach
  void close() {
    dashboard.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create(dashboard.address()).resolve(path);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode fleet(String path) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(get(path).body());
  }

  @Test
  void samples_areGivenFromTheOneThatIsAskedFor() throws Exception {
    assertThat(fleet("api/fleet").path("samples")).hasSize(10);
    JsonNode rest = fleet("api/fleet?from=8").path("samples");
    assertThat(rest).hasSize(2);
    assertThat(rest.path(0).path("second").asInt()).isEqualTo(8);
    assertThat(rest.path(0).path("sites").path("B").path("calls").asInt()).isEqualTo(50);
    assertThat(fleet("api/fleet?from=999999999").path("samples")).isEmpty();
    assertThat(fleet("api/fleet?from=-1").path("samples")).hasSize(10);
  }

  @Test
  void lettersAndPromises_areToldAsTheyStand() throws Exception {
    JsonNode fleet = fleet("api/fleet");
    assertThat(fleet.path("deadLetters").path(0).path("key").asText()).isEqualTo("C/user-7");
    assertThat(fleet.path("promises").findValuesAsText("verdict"))
        .containsExactly("KEPT", "BROKEN", "UNTESTED");
    assertThat(fleet.has("progress")).isFalse();
  }

  @Test
  void page_takesNothingFromElsewhere() throws Exception {
    for (String file : List.of("", "fleet.css", "fleet.js", "charts.js", "icon.svg")) {
      HttpResponse<String> answer = get(file);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Security-Policy"))
          .contains("default-src 'self'");
      assertThat(answer.body().replace("http://www.w3.org/2000/svg", "")).doesNotContain("://");
    }
  }

  @Test
  void whatIsNotThere_is404() throws Exception {
    assertThat(get("../etc/passwd").statusCode()).isEqualTo(404);
    assertThat(get("fleet").statusCode()).isEqualTo(404);
  }
}
