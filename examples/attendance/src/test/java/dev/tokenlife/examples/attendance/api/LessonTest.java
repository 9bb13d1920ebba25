package dev.tokenlife.examples.attendance.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tokenlife.examples.attendance.School;
import dev.tokenlife.examples.attendance.School.One;
import dev.tokenlife.examples.attendance.School.Said;
import dev.tokenlife.examples.attendance.records.AppTable;
import dev.tokenlife.model.ChainState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LessonTest {
  private School school;
  private One teacher;
  private String session;
  private String base;

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
  void aHandOverOfEntry_marksBothPresent_once() {
    List<One> students = school.students(3, session);
    String chain = school.seed(teacher, session, "ENTRY", 1).get(0);
    One first = school.holder(students, session, chain);
    One second = students.get((students.indexOf(first) + 1) % 3);
    One third = students.get((students.indexOf(first) + 2) % 3);
    long at = school.time().wallMillis() / 1000;
    second.scan(session, first.poll(session, chain).text("token"));
    school.time().advance(Duration.ofSeconds(60));
    third.scan(session, second.poll(session, chain).text("token"));

    assertThat(row(first).path("presentAt").asLong()).isEqualTo(at);
    assertThat(row(second).path("presentAt").asLong()).as("the first time counts").isEqualTo(at);
    assertThat(row(third).path("presentAt").asLong()).isEqualTo(at + 60);
    assertThat(row(third).path("exitVerified").asBoolean()).isFalse();
    assertThat(school.chains().effects().read(session, 10)).isEmpty();
  }

  @Test
  void aHandOverOfExit_verifiesTheExit_once() {
    List<One> students = school.students(2, session);
    String chain = school.seed(teacher, session, "EXIT", 1).get(0);
    One first = school.holder(students, session, chain);
    One second = students.get(1 - students.indexOf(first));
    second.scan(session, first.poll(session, chain).text("token"));
    long at = row(first).path("exitedAt").asLong();
    school.time().advance(Duration.ofSeconds(30));
    first.scan(session, second.poll(session, chain).text("token"));
    assertThat(row(first).path("exitVerified").asBoolean()).isTrue();
    assertThat(row(first).path("exitedAt").asLong()).isEqualTo(at);
    assertThat(row(second).path("exitedAt").asLong()).isEqualTo(at);
    assertThat(row(first).path("presentAt").isNull()).isTrue();
  }

  @Test
  void lateAndEarly_markTheScannerAlone() {
    List<One> students = school.students(2, session);
    for (String type : List.of("LATE", "EARLY")) {
      String chain = teacher.post(base + "/chains", Map.of("type", type)).text("chainId");
      String token = teacher.poll(session, chain).text("token");
      assertThat(students.get(0).scan(session, token).isHolder()).isTrue();
      assertThat(
              students
                  .get(1)
                  .scan(session, students.get(0).poll(session, chain).text("token"))
                  .isHolder())
          .isTrue();
      Said back = teacher.post(base + "/chains/" + chain + "/reassign", Map.of());
      assertThat(back.text("holder")).isEqualTo(teacher.id());
      assertThat(teacher.poll(session, chain).isHolder()).isTrue();
    }
    for (One student : students) {
      assertThat(row(student).path("lateAt").isNumber()).isTrue();
      assertThat(row(student).path("presentAt").isNumber()).isTrue();
      assertThat(row(student).path("leftEarlyAt").isNumber()).isTrue();
      assertThat(row(student).path("exitVerified").asBoolean()).isFalse();
    }
  }

  @Test
  void seeding_drawsDistinctStudents_andSaysWhenThereAreTooFew() {
    List<One> students = school.students(5, session);
    school.seed(teacher, session, "ENTRY", 5);
    assertThat(students).allMatch(student -> student.poll(session).isHolder());
    for (int count : new int[] {0, -1, 6}) {
      Said said = teacher.post(base + "/seed", Map.of("type", "ENTRY", "count", count));
      assertThat(said.status()).isEqualTo(400);
      assertThat(said.error()).isEqualTo("TOO_FEW_STUDENTS");
    }
    assertThat(teacher.post(base + "/seed", Map.of("type", "LATE", "count", 1)).error())
        .isEqualTo("BAD_TYPE");
    assertThat(teacher.post(base + "/seed", Map.of("type", "LUNCH", "count", 1)).error())
        .isEqualTo("BAD_TYPE");
    assertThat(teacher.post(base + "/seed", Map.of("type", "ENTRY", "count", "3")).status())
        .isEqualTo(400);
  }

  @Test
  void reassigning_voidsTheCode_goesToStudentsOnly_andNeverReopens() {
    List<One> students = school.students(2, session);
    String chain = school.seed(teacher, session, "ENTRY", 1).get(0);
    One first = school.holder(students, session, chain);
    One second = students.get(1 - students.indexOf(first));
    String old = first.poll(session, chain).text("token");
    String reassign = base + "/chains/" + chain + "/reassign";

    assertThat(teacher.post(reassign, Map.of("holder", "stranger-x")).error())
        .isEqualTo("NOT_JOINED");
    assertThat(teacher.post(reassign, Map.of("holder", second.id())).status()).isEqualTo(200);
    assertThat(second.poll(session, chain).isHolder()).isTrue();
    assertThat(first.scan(session, old).status()).isEqualTo(409);
    assertThat(row(second).path("presentAt").isNull()).as("nobody has scanned").isTrue();

    teacher.post(base + "/chains/" + chain + "/close", Map.of());
    Said closed = teacher.post(reassign, Map.of("holder", first.id()));
    assertThat(closed.status()).isEqualTo(409);
    assertThat(closed.error()).isEqualTo("CHAIN_CLOSED");
    assertThat(first.poll(session, chain).isHolder()).isFalse();
    assertThat(teacher.post(base + "/chains/nonsense/close", Map.of()).status()).isEqualTo(404);
  }

  @Test
  void rejoining_keepsTheFirstTime() {
    One anna = school.students(1, session).get(0);
    long joined = row(anna).path("joinedAt").asLong();
    school.time().advance(Duration.ofMinutes(3));
    assertThat(anna.post(base + "/join", Map.of()).status()).isEqualTo(200);
    assertThat(row(anna).path("joinedAt").asLong()).isEqualTo(joined);
    assertThat(teacher.post(base + "/join", Map.of()).status()).isEqualTo(403);
    assertThat(anna.post("/api/sessions/nosuch/join", Map.of()).status()).isEqualTo(404);
  }

  @Test
  void endingASession_closesItsChains_putsEverybodyOut_andKeepsTheRegister() {
    List<One> students = school.students(3, session);
    String chain = school.seed(teacher, session, "ENTRY", 2).get(0);
    One first = school.holder(students, session, chain);
    String token = first.poll(session, chain).text("token");
    One second =
        students.stream().filter(one -> !one.poll(session).isHolder()).findFirst().orElseThrow();
    second.scan(session, token);
    String live = second.poll(session, chain).text("token");

    assertThat(teacher.post(base + "/end", Map.of()).status()).isEqualTo(200);
    assertThat(teacher.post(base + "/end", Map.of()).status()).as("again").isEqualTo(200);

    assertThat(school.chains().list(session)).allMatch(c -> c.state() == ChainState.CLOSED);
    assertThat(school.chains().list(session)).allMatch(c -> c.expiresAt().isEmpty());
    assertThat(first.scan(session, live).status()).isEqualTo(410);
    assertThat(first.poll(session).text("reason")).isEqualTo("SESSION_ENDED");
    assertThat(students.get(0).post(base + "/join", Map.of()).status()).isEqualTo(410);
    assertThat(teacher.post(base + "/seed", Map.of("type", "EXIT", "count", 1)).status())
        .isEqualTo(410);
    for (One one : students) {
      assertThat(school.records().list(AppTable.USER_SESSIONS, one.id())).isEmpty();
    }
    assertThat(school.records().list(AppTable.USER_SESSIONS, teacher.id())).isEmpty();
    assertThat(row(second).path("presentAt").isNumber()).isTrue();
    assertThat(teacher.text(base + "/attendance.csv")).contains(second.id() + ",Student");
    assertThat(teacher.get("/api/sessions").body().path("sessions")).isEmpty();
    assertThat(teacher.get("/api/sessions?all=true").body().path("sessions")).hasSize(1);
  }

  @Test
  void sessions_areListedToThoseWhoseTheyAre() {
    One anna = school.student("Anna");
    assertThat(anna.get("/api/sessions").body().path("sessions")).isEmpty();
    anna.post(base + "/join", Map.of());
    assertThat(anna.get("/api/sessions").body().path("sessions")).hasSize(1);
    assertThat(school.teacher("Mr Other").get("/api/sessions").body().path("sessions")).isEmpty();
    assertThat(anna.post("/api/sessions", Map.of("classId", "x")).status()).isEqualTo(403);
    assertThat(teacher.post("/api/sessions", Map.of("classId", " ")).status()).isEqualTo(400);
    assertThat(
            teacher
                .post("/api/sessions", Map.of("classId", "x", "startAt", 1_900_000_000L))
                .body()
                .path("startAt")
                .asLong())
        .isEqualTo(1_900_000_000L);
    JsonNode shown = anna.get(base).body();
    assertThat(shown.path("joined").asBoolean()).isTrue();
    assertThat(shown.path("attendance").path("studentId").asText()).isEqualTo(anna.id());
  }

  @Test
  void theDashboard_tellsStalledChainsFromLiveOnes() {
    school.students(1, session);
    String chain = school.seed(teacher, session, "ENTRY", 1).get(0);
    assertThat(chain(chain).path("stalled").asBoolean()).isFalse();
    school.time().advance(Duration.ofSeconds(13));
    assertThat(chain(chain).path("stalled").asBoolean()).isTrue();
    assertThat(chain(chain).path("state").asText()).isEqualTo("ACTIVE");
  }

  @Test
  void rotations_areCounted_apartFromHandOvers() {
    List<One> students = school.students(2, session);
    String chain = school.seed(teacher, session, "ENTRY", 1).get(0);
    One first = school.holder(students, session, chain);
    One second = students.get(1 - students.indexOf(first));
    for (int i = 0; i < 3; i++) {
      school.time().advance(Duration.ofSeconds(10));
      first.poll(session, chain);
    }
    second.scan(session, first.poll(session, chain).text("token"));
    assertThat(chain(chain).path("rotationCount").asInt()).isEqualTo(3);
    assertThat(chain(chain).path("seq").asInt()).isEqualTo(1);
    assertThat(chain(chain).path("lastHolder").asText()).isEqualTo(second.id());
    assertThat(chain(chain).path("lastRotation").asLong())
        .isEqualTo(school.time().wallMillis() / 1000);
  }

  private JsonNode chain(String id) {
    for (JsonNode chain : teacher.get(base + "/dashboard").body().path("chains")) {
      if (chain.path("chainId").asText().equals(id)) {
        return chain;
      }
    }
    throw new AssertionError("no chain " + id);
  }

  private JsonNode row(One student) {
    for (JsonNode row : teacher.get(base + "/attendance").body().path("attendance")) {
      if (row.path("studentId").asText().equals(student.id())) {
        return row;
      }
    }
    throw new AssertionError("no row of " + student.id());
  }
}
