package dev.tokenlife.examples.attendance.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.examples.attendance.School;
import dev.tokenlife.examples.attendance.School.One;
import dev.tokenlife.examples.attendance.School.Said;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AccessTest {
  private School school;
  private One teacher;
  private String base;
  private String session;

  @BeforeEach
  void open() throws IOException {
    school = School.open();
    teacher = school.teacher("Ms Noether");
    session = school.session(teacher);
    base = "/api/sessions/" + session;
  }

  @AfterEach
  void close() {
    school.close();
  }

  @Test
  void whatIsTheTeachers_isRefusedToStudents_otherTeachersAndNobody() {
    One student = school.students(1, session).get(0);
    String chain = school.seed(teacher, session, "ENTRY", 1).get(0);
    Map<One, Integer> others =
        Map.of(student, 403, school.teacher("Mr Other"), 403, school.nobody(), 401);
    others.forEach(
        (one, status) -> {
          for (String path :
              List.of(
                  "/seed",
                  "/chains",
                  "/chains/" + chain + "/close",
                  "/end",
                  "/chains/" + chain + "/reassign")) {
            Said said = one.post(base + path, Map.of("type", "ENTRY", "count", 1));
            assertThat(said.status()).as(path).isEqualTo(status);
          }
          for (String path :
              List.of("/dashboard", "/attendance", "/attendance.csv", "/joining", "/wall/LATE")) {
            assertThat(one.get(base + path).status()).as(path).isEqualTo(status);
          }
        });
    assertThat(student.poll(session, chain).isHolder()).as("nothing happened").isTrue();
  }

  @Test
  void theSameName_isNotTheSamePerson() {
    One anna = school.students(1, session).get(0);
    school.seed(teacher, session, "ENTRY", 1);
    One imposter = school.student("Student 0");
    assertThat(imposter.id()).isNotEqualTo(anna.id());
    assertThat(anna.poll(session).isHolder()).isTrue();
    assertThat(imposter.poll(session).isHolder()).isFalse();
  }

  @Test
  void aForgedOrOldSignIn_isNone() throws Exception {
    One anna = school.student("Anna");
    String forged = anna.bearer().substring(0, anna.bearer().length() - 2) + "AA";
    for (String credential : List.of(forged, "x", "")) {
      HttpRequest request =
          school.nobody().request("/api/me").header("Cookie", "attendance=" + credential).build();
      assertThat(school.http().send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(401);
    }
    HttpRequest cookie =
        school
            .nobody()
            .request("/api/me")
            .header("Cookie", "other=1; attendance=" + anna.bearer())
            .build();
    assertThat(school.http().send(cookie, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
    school.time().advance(Duration.ofHours(12));
    assertThat(anna.get("/api/me").status()).isEqualTo(401);
  }

  @Test
  void signingIn_needsANameAndARole() {
    One nobody = school.nobody();
    for (Map<String, ?> body :
        List.of(
            Map.of("name", " ", "role", "student"),
            Map.of("name", "x".repeat(41), "role", "student"),
            Map.of("name", "a\nb", "role", "student"),
            Map.of("name", "Anna", "role", "admin"),
            Map.of("name", "Anna"),
            Map.of("name", 7, "role", "student"))) {
      assertThat(nobody.post("/api/login", body).status()).as("%s", body).isEqualTo(400);
    }
    assertThat(school.student("Łukasz 李").id()).matches("[a-z0-9]+-[a-z0-9]{6}");
  }

  @Test
  void whatIsNoRequestOfOurs_isRefused_andNeverBreaksTheServer() throws Exception {
    One nobody = school.nobody();
    assertThat(nobody.get("/nothing").status()).isEqualTo(404);
    assertThat(nobody.get("/static/../Attendance.class").status()).isEqualTo(404);
    assertThat(nobody.get("/api/sessions/%00").status()).isEqualTo(401);
    assertThat(nobody.post("/", Map.of()).status()).isEqualTo(404);
    for (String body : List.of("", "[]", "{", "null", "{\"name\":" + "[".repeat(5000))) {
      assertThat(status(body, "application/json")).as(body).isEqualTo(400);
    }
    assertThat(status("x".repeat(20_000), "application/json")).isEqualTo(400);
    assertThat(status("{\"name\":\"Anna\",\"role\":\"student\"}", "text/plain"))
        .as("another site's form cannot post here")
        .isEqualTo(400);
    assertThat(school.app().activity().faults()).isZero();
  }

  @Test
  void pages_allowNothingFromOutside() throws Exception {
    for (String page :
        List.of("/", "/s/" + session, "/t/" + session, "/t/" + session + "/wall/LATE")) {
      HttpResponse<String> answer =
          school
              .http()
              .send(
                  school.nobody().request(page).GET().build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'self'");
      assertThat(answer.body()).doesNotContain("http://", "https://");
    }
  }

  private int status(String body, String type) throws Exception {
    HttpRequest request =
        school
            .nobody()
            .request("/api/login")
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return school.http().send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }
}
