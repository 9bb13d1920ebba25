package dev.tokenlife.examples.attendance.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.examples.attendance.School;
import dev.tokenlife.examples.attendance.School.One;
import dev.tokenlife.examples.attendance.School.Said;
import dev.tokenlife.model.ChainKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ScanTest {
  private School school;
  private One teacher;
  private String session;
  private List<One> students;
  private String chain;
  private One holder;
  private One other;

  @BeforeEach
  void open() throws IOException {
    school = School.open();
    teacher = school.teacher("Ms Noether");
    session = school.session(teacher);
    students = school.students(4, session);
    chain = school.seed(teacher, session, "ENTRY", 1).get(0);
    holder = school.holder(students, session, chain);
    other = students.get((students.indexOf(holder) + 1) % students.size());
  }

  @AfterEach
  void close() {
    school.close();
  }

  @Test
  void ofSixtyFourScannersOfOneCode_oneSucceeds_andTheOthersAreToldItIsTaken() {
    List<One> scanners = school.students(64, session);
    String token = token();

    List<Said> answers =
        school.atOnce(
            64,
            i ->
                scanners
                    .get(i)
                    .posting("/api/sessions/" + session + "/scan", Map.of("token", token)));

    assertThat(answers).noneMatch(said -> said.status() >= 500);
    assertThat(answers.stream().filter(said -> said.status() == 200)).hasSize(1);
    assertThat(answers.stream().filter(said -> said.error().equals("ALREADY_CONSUMED")))
        .hasSize(63)
        .allMatch(said -> said.status() == 409 && said.text("message").contains("lready consumed"));
    assertThat(school.chains().find(ChainKey.of(session, chain)).orElseThrow().seq()).isEqualTo(1);
    assertThat(present()).hasSize(2);
  }

  @Test
  void theScanner_becomesTheHolder_andTheHolderIsNoneAnyMore() {
    String token = token();
    Said taken = other.scan(session, token);
    assertThat(taken.isHolder()).isTrue();
    assertThat(taken.body().path("seq").asInt()).isEqualTo(1);
    assertThat(other.poll(session, chain).text("token")).isEqualTo(taken.text("token"));
    assertThat(holder.poll(session, chain).text("reason")).isEqualTo("NOT_HOLDER");
  }

  @Test
  void theSameRequestAgain_getsTheSameAnswer_andNothingNew() {
    Map<String, String> body = Map.of("token", token(), "requestId", "r-1");
    Said first = other.post("/api/sessions/" + session + "/scan", body);
    Said again = other.post("/api/sessions/" + session + "/scan", body);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body().path("repeat").asBoolean()).isTrue();
    assertThat(again.text("token")).isEqualTo(first.text("token"));
  }

  @Test
  void aCode_isGoodWhileItMayStillBeOnTheScreen_andNotAtItsEnd() {
    String shown = token();
    school.time().advance(Duration.ofSeconds(10));
    String next = token();
    assertThat(next).isNotEqualTo(shown);
    school.time().advance(Duration.ofMillis(2_999));
    assertThat(other.scan(session, shown).status()).as("in the overlap").isEqualTo(200);
    assertThat(school.holder(students, session, chain).id()).isEqualTo(other.id());
    assertThat(students.get((students.indexOf(holder) + 2) % 4).scan(session, next).error())
        .as("both codes of a turn are consumed together")
        .isEqualTo("ALREADY_CONSUMED");
  }

  @Test
  void aCodeThatHasChanged_isSuperseded_onceTheOverlapIsOver() {
    String shown = token();
    school.time().advance(Duration.ofSeconds(12));
    token();
    school.time().advance(Duration.ofSeconds(1));
    Said said = other.scan(session, shown);
    assertThat(said.status()).isEqualTo(409);
    assertThat(said.error()).isEqualTo("SUPERSEDED");
    assertThat(said.body().path("askAgain").asBoolean()).isTrue();
  }

  @Test
  void aCodeAtItsExpiry_isExpired() {
    String shown = token();
    school.time().advance(Duration.ofSeconds(13));
    Said said = other.scan(session, shown);
    assertThat(said.status()).isEqualTo(410);
    assertThat(said.error()).isEqualTo("TOKEN_EXPIRED");
    assertThat(said.body().path("askAgain").asBoolean()).isTrue();
  }

  @Test
  void theHolder_strangers_andTheTeacher_cannotTakeACode_andNobodyIsMarked() {
    String token = token();
    One stranger = school.student("Stranger");
    for (One one : List.of(holder, stranger, teacher)) {
      Said said = one.scan(session, token);
      assertThat(said.status()).isEqualTo(403);
    }
    assertThat(school.nobody().scan(session, token).status()).isEqualTo(401);
    assertThat(present()).as("a refused scan marks nobody").isEmpty();
    assertThat(other.scan(session, token).status()).as("it is still good").isEqualTo(200);
  }

  @Test
  void aCodeOfAClosedChain_isRefused() {
    String token = token();
    teacher.post("/api/sessions/" + session + "/chains/" + chain + "/close", Map.of());
    Said said = other.scan(session, token);
    assertThat(said.status()).isEqualTo(410);
    assertThat(said.error()).isEqualTo("CHAIN_CLOSED");
    assertThat(present()).isEmpty();
  }

  @Test
  void aCodeOfAnotherSession_isNoCodeHere() {
    String elsewhere = school.session(teacher);
    other.post("/api/sessions/" + elsewhere + "/join", Map.of());
    Said said = other.scan(elsewhere, token());
    assertThat(said.status()).isEqualTo(400);
    assertThat(said.error()).isEqualTo("INVALID");
  }

  @Test
  void garbage_isRefusedAsGarbage() {
    List<String> garbage = new ArrayList<>(List.of("", " ", "A", "ÄÖÜ", "\u0000", "AQ".repeat(40)));
    String token = token();
    garbage.add(token + "A");
    garbage.add(token.substring(1));
    garbage.add(token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A"));
    garbage.add("x".repeat(10_000));
    for (String text : garbage) {
      Said said = other.scan(session, text);
      assertThat(said.status()).as(text).isEqualTo(400);
      assertThat(said.error()).isEqualTo("INVALID");
    }
    Said none = other.post("/api/sessions/" + session + "/scan", Map.of("other", 1));
    assertThat(none.error()).isEqualTo("INVALID");
  }

  @Test
  void anOldCode_neverCountsAgain() {
    String first = token();
    other.scan(session, first);
    One third = students.get((students.indexOf(holder) + 2) % students.size());
    third.scan(session, other.poll(session, chain).text("token"));
    for (One one : students) {
      assertThat(one.scan(session, first).error()).isEqualTo("ALREADY_CONSUMED");
    }
    assertThat(school.chains().find(ChainKey.of(session, chain)).orElseThrow().seq()).isEqualTo(2);
  }

  private String token() {
    return holder.poll(session, chain).text("token");
  }

  private List<String> present() {
    List<String> present = new ArrayList<>();
    teacher
        .get("/api/sessions/" + session + "/attendance")
        .body()
        .path("attendance")
        .forEach(
            student -> {
              if (student.path("presentAt").isNumber()) {
                present.add(student.path("studentId").asText());
              }
            });
    return present;
  }
}
