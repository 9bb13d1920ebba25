package dev.tokenlife.examples.attendance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tokenlife.examples.attendance.School;
import dev.tokenlife.examples.attendance.School.One;
import dev.tokenlife.examples.attendance.School.Said;
import dev.tokenlife.examples.attendance.lesson.CodeType;
import dev.tokenlife.model.ChainKey;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ModesTest {
  private static final Duration ROTATE = Duration.ofSeconds(10);

  @Test
  void withAChallenge_aScanNeedsTheCodeThatTheHoldersPageShows() throws IOException {
    try (School school = School.open(School.rules(ROTATE, true))) {
      One teacher = school.teacher("Ms Noether");
      String session = school.session(teacher);
      String base = "/api/sessions/" + session;
      List<One> students = school.students(3, session);
      String chain = school.seed(teacher, session, "ENTRY", 1).get(0);
      One holder = school.holder(students, session, chain);
      One scanner = students.get((students.indexOf(holder) + 1) % 3);
      One watcher = students.get((students.indexOf(holder) + 2) % 3);
      String token = holder.poll(session, chain).text("token");

      assertThat(scanner.scan(session, token).error()).isEqualTo("CHALLENGE_REQUIRED");
      Said given = scanner.post(base + "/challenges", Map.of("token", token));
      assertThat(given.status()).isEqualTo(201);
      assertThat(given.body().has("code")).as("the scanner is not told").isFalse();
      assertThat(watcher.poll(session, chain).body().has("codes")).isFalse();

      Said shown = holder.poll(session, chain);
      JsonNode code = shown.body().path("codes").path(0);
      assertThat(code.path("scannerName").asText()).startsWith("Student");
      assertThat(shown.body().path("pollAfter").asDouble()).isEqualTo(1.0);
      String answer = base + "/challenges/" + given.text("challengeId");
      String wrong = code.path("code").asText().equals("000000") ? "000001" : "000000";
      assertThat(scanner.post(answer, Map.of("chainId", chain, "code", wrong)).error())
          .isEqualTo("CHALLENGE_FAILED");
      Map<String, String> right = Map.of("chainId", chain, "code", code.path("code").asText());
      assertThat(watcher.post(answer, right).status()).as("another's challenge").isEqualTo(409);
      assertThat(scanner.post(answer, right).isHolder()).isTrue();
      assertThat(holder.poll(session, chain).isHolder()).isFalse();
    }
  }

  @Test
  void aSealedWallCode_marksEverybodyWhoScansIt_withoutAChain() throws IOException {
    try (School school = School.open(School.rules(ROTATE, false, CodeType.LATE))) {
      One teacher = school.teacher("Ms Noether");
      String session = school.session(teacher);
      String base = "/api/sessions/" + session;
      List<One> students = school.students(3, session);
      Said wall = teacher.get(base + "/wall/LATE");
      assertThat(wall.body().path("pollAfter").asDouble()).isEqualTo(10.0);
      for (One student : students) {
        Said said = student.scan(session, wall.text("token"));
        assertThat(said.body().path("wall").asBoolean()).isTrue();
        assertThat(said.isHolder()).isFalse();
        assertThat(student.scan(session, wall.text("token")).status()).as("again").isEqualTo(200);
      }
      assertThat(school.chains().list(session)).isEmpty();
      JsonNode attendance = teacher.get(base + "/attendance").body().path("attendance");
      assertThat(attendance).hasSize(3).allMatch(row -> row.path("lateAt").isNumber());
    }
  }

  @Test
  void aSealedWallCode_isRefusedWhenItHasExpired_elsewhere_toStrangers_andAfterTheEnd()
      throws IOException {
    try (School school = School.open(School.rules(ROTATE, false, CodeType.LATE))) {
      One teacher = school.teacher("Ms Noether");
      String session = school.session(teacher);
      String elsewhere = school.session(teacher);
      One anna = school.students(1, session).get(0);
      anna.post("/api/sessions/" + elsewhere + "/join", Map.of());
      String wall = "/api/sessions/" + session + "/wall/";
      String token = teacher.get(wall + "LATE").text("token");

      assertThat(anna.scan(elsewhere, token).error()).isEqualTo("INVALID");
      assertThat(school.student("Stranger").scan(session, token).error()).isEqualTo("NOT_ELIGIBLE");
      school.time().advance(Duration.ofSeconds(13));
      assertThat(anna.scan(session, token).error()).isEqualTo("TOKEN_EXPIRED");
      String fresh = teacher.get(wall + "LATE").text("token");
      teacher.post("/api/sessions/" + session + "/end", Map.of());
      assertThat(anna.scan(session, fresh).error()).isEqualTo("CHAIN_CLOSED");

      assertThat(teacher.get("/api/sessions/" + elsewhere + "/wall/EARLY").status()).isEqualTo(404);
      Said open = teacher.post("/api/sessions/" + elsewhere + "/chains", Map.of("type", "LATE"));
      assertThat(open.error()).isEqualTo("SEALED");
    }
  }

  @Test
  void rotationInRealTime_goesOnAsLongAsSomebodyLooks_andOnlyThen() throws IOException {
    try (School school = School.inRealTime(School.rules(Duration.ofSeconds(1), false))) {
      One teacher = school.teacher("Ms Noether");
      String session = school.session(teacher);
      One anna = school.students(1, session).get(0);
      String chain = school.seed(teacher, session, "ENTRY", 1).get(0);
      String first = anna.poll(session, chain).text("token");
      await().until(() -> !anna.poll(session, chain).text("token").equals(first));
      ChainKey key = ChainKey.of(session, chain);
      long generation = school.chains().find(key).orElseThrow().generation();
      await().until(() -> school.chains().find(key).orElseThrow().stalled());
      assertThat(school.chains().find(key).orElseThrow().generation()).isEqualTo(generation);
    }
  }
}
