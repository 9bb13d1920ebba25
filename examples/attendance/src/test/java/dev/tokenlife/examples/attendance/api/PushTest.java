package dev.tokenlife.examples.attendance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tokenlife.examples.attendance.Options;
import dev.tokenlife.examples.attendance.School;
import dev.tokenlife.examples.attendance.School.One;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PushTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private School school;
  private One teacher;
  private String session;
  private List<One> students;
  private final List<Page> pages = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    school = School.open(Options.standard().pushing());
    teacher = school.teacher("Ms Noether");
    session = school.session(teacher);
    students = school.students(2, session);
  }

  @AfterEach
  void close() {
    pages.forEach(Page::close);
    school.close();
  }

  @Test
  void aPage_isToldOfACodeItGets_ofItsRotation_andOfItsEnd() {
    Page anna = page(students.get(0));
    Page ben = page(students.get(1));
    String chain = school.seed(teacher, session, "ENTRY", 1).get(0);
    await().until(() -> anna.count("token") + ben.count("token") == 1);
    Page holder = anna.count("token") == 1 ? anna : ben;
    Page other = holder == anna ? ben : anna;

    school.time().advance(Duration.ofSeconds(10));
    await().until(() -> holder.count("token") == 2);
    assertThat(holder.data("token", 1).path("token").asText())
        .isNotEqualTo(holder.data("token", 0).path("token").asText());
    assertThat(holder.data("token", 1).path("qr").path("size").asInt()).isPositive();

    other.one.scan(session, holder.data("token", 1).path("token").asText());
    await().until(() -> other.count("token") == 1);
    await().until(() -> holder.count("over") == 1);
    assertThat(holder.data("over", 0).path("reason").asText()).isEqualTo("NOT_HOLDER");

    teacher.post("/api/sessions/" + session + "/chains/" + chain + "/close", Map.of());
    await().until(() -> other.count("over") == 1);
    assertThat(other.data("over", 0).path("reason").asText()).isEqualTo("CHAIN_CLOSED");
  }

  @Test
  void aPageThatOpensLater_isToldOfWhatItsPersonHolds_andOfNothingElse() {
    school.seed(teacher, session, "ENTRY", 2);
    for (One student : students) {
      Page page = page(student);
      await().until(() -> page.count("token") == 1);
      assertThat(page.data("token", 0).path("token").asText())
          .isEqualTo(student.poll(session).text("token"));
    }
    Page stranger = page(school.student("Stranger"));
    assertThat(stranger.count("token")).isZero();
  }

  @Test
  void whoGetsAChainBack_isToldAgain() {
    Page anna = page(students.get(0));
    Page ben = page(students.get(1));
    school.seed(teacher, session, "ENTRY", 1);
    await().until(() -> anna.count("token") + ben.count("token") == 1);
    Page first = anna.count("token") == 1 ? anna : ben;
    Page second = first == anna ? ben : anna;
    for (int round = 1; round <= 5; round++) {
      int seen = round;
      second.one.scan(session, first.last("token").path("token").asText());
      await().until(() -> second.count("token") == seen);
      first.one.scan(session, second.last("token").path("token").asText());
      await().until(() -> first.count("token") == seen + 1);
    }
  }

  @Test
  void aSessionThatEnds_tellsEveryPage() {
    Page anna = page(students.get(0));
    teacher.post("/api/sessions/" + session + "/end", Map.of());
    await().until(() -> anna.count("ended") == 1);
  }

  @Test
  void pagesThatAreClosed_areForgotten_andNobodyOpensTooMany() {
    for (int i = 0; i < 8; i++) {
      page(students.get(0));
    }
    assertThat(students.get(0).get("/api/sessions/" + session + "/stream").error())
        .isEqualTo("TOO_MANY_PAGES");
    pages.forEach(Page::close);
    await()
        .until(
            () -> {
              school.time().advance(Duration.ofSeconds(10));
              return school.app().server().openStreams() == 0;
            });
  }

  @Test
  void withoutPush_aPageIsToldToPoll() throws IOException {
    try (School polling = School.open()) {
      One other = polling.teacher("Mr Polling");
      assertThat(other.get("/api/sessions/" + polling.session(other) + "/stream").error())
          .isEqualTo("NO_PUSH");
    }
  }

  private Page page(One one) {
    Page page = new Page(one);
    pages.add(page);
    await().until(() -> page.count("hello") == 1);
    return page;
  }

  /** An open page: events as they come. */
  private final class Page {
    private final One one;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<HttpResponse<Stream<String>>> response;

    Page(One one) {
      this.one = one;
      this.response =
          school
              .http()
              .sendAsync(
                  one.request("/api/sessions/" + session + "/stream").GET().build(),
                  HttpResponse.BodyHandlers.ofLines());
      Thread reader =
          new Thread(
              () -> {
                try (Stream<String> body = response.join().body()) {
                  body.forEach(lines::add);
                } catch (RuntimeException closed) {
                  lines.add("closed");
                }
              });
      reader.setDaemon(true);
      reader.start();
    }

    long count(String event) {
      return lines.stream().filter(("event: " + event)::equals).count();
    }

    JsonNode last(String event) {
      return data(event, (int) count(event) - 1);
    }

    JsonNode data(String event, int number) {
      List<String> all = List.copyOf(lines);
      int seen = -1;
      for (int i = 0; i < all.size(); i++) {
        seen += all.get(i).equals("event: " + event) ? 1 : 0;
        if (seen == number) {
          String data = all.get(i + 1);
          try {
            return JSON.readTree(data.substring("data: ".length()));
          } catch (IOException broken) {
            throw new AssertionError(data, broken);
          }
        }
      }
      throw new AssertionError("no event " + event + " " + number);
    }

    void close() {
      CompletableFuture<Void> unused = response.thenAccept(answer -> answer.body().close());
    }
  }
}
