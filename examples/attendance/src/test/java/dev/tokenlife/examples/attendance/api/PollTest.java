package dev.tokenlife.examples.attendance.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.examples.attendance.School;
import dev.tokenlife.examples.attendance.School.One;
import dev.tokenlife.examples.attendance.School.Said;
import dev.tokenlife.model.ChainKey;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PollTest {
  private School school;
  private One teacher;
  private String session;

  @BeforeEach
  void open() throws IOException {
    school = School.open();
    teacher = school.teacher("Ms Noether");
    session = school.session(teacher);
  }

  @AfterEach
  void close() {
    school.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 100, 1000})
  void manyPollsOfOneExpiredToken_mintOneGeneration_andAllGetIt(int polls) {
    One holder = school.students(1, session).get(0);
    String chain = seed("ENTRY", 1).get(0);
    String old = holder.poll(session, chain).text("token");
    school.time().advance(Duration.ofMinutes(5));

    List<Said> answers =
        school.atOnce(
            polls,
            i ->
                holder
                    .request("/api/sessions/" + session + "/poll?chainId=" + chain)
                    .GET()
                    .build());

    assertThat(answers).allMatch(said -> said.status() == 200 && said.isHolder());
    Set<String> tokens =
        answers.stream().map(said -> said.text("token")).collect(Collectors.toSet());
    assertThat(tokens).hasSize(1).doesNotContain(old);
    assertThat(school.chains().find(ChainKey.of(session, chain)).orElseThrow().generation())
        .isEqualTo(2);
  }

  @Test
  void aHundredHoldersOfAHundredChains_eachSeeTheirOwn() {
    List<One> students = school.students(100, session);
    List<String> chains = seed("ENTRY", 100);
    school.time().advance(Duration.ofSeconds(11));

    List<Said> answers =
        school.atOnce(
            100, i -> students.get(i).request("/api/sessions/" + session + "/poll").GET().build());

    assertThat(answers).allMatch(said -> said.status() == 200 && said.isHolder());
    assertThat(answers.stream().map(said -> said.text("chainId")).collect(Collectors.toSet()))
        .isEqualTo(new HashSet<>(chains));
    assertThat(answers.stream().map(said -> said.text("token")).distinct()).hasSize(100);
  }

  @Test
  void aTokenStaysTheSame_untilItIsDue() {
    One holder = school.students(1, session).get(0);
    String chain = seed("ENTRY", 1).get(0);
    Said first = holder.poll(session, chain);
    assertThat(first.body().path("pollAfter").asDouble()).isEqualTo(10.0);
    assertThat(first.body().path("expiresAtMs").asLong())
        .isEqualTo(school.time().wallMillis() + 13_000);
    assertThat(first.body().path("expiresAt").asLong())
        .isEqualTo((school.time().wallMillis() + 13_000) / 1000);
    school.time().advance(Duration.ofMillis(9_999));
    assertThat(holder.poll(session, chain).text("token")).isEqualTo(first.text("token"));
    school.time().advance(Duration.ofMillis(1));
    assertThat(holder.poll(session, chain).text("token")).isNotEqualTo(first.text("token"));
  }

  @Test
  void aClientThatPollsEveryThreeSeconds_worksJustTheSame() {
    One holder = school.students(1, session).get(0);
    String chain = seed("ENTRY", 1).get(0);
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < 10; i++) {
      Said said = holder.poll(session, chain);
      assertThat(said.isHolder()).isTrue();
      tokens.add(said.text("token"));
      school.time().advance(Duration.ofSeconds(3));
    }
    assertThat(tokens).as("0 to 27 s, a new one after each 12").hasSize(3);
  }

  @Test
  void somebodyElse_seesNothing_whateverTheyAskFor() {
    List<One> students = school.students(2, session);
    String chain = seed("ENTRY", 1).get(0);
    One other = students.get(students.get(0).poll(session).isHolder() ? 1 : 0);

    for (One curious : List.of(other, teacher, school.student("Stranger"))) {
      Said said = curious.poll(session, chain);
      assertThat(said.status()).isEqualTo(200);
      assertThat(said.isHolder()).isFalse();
      assertThat(said.body().has("token")).isFalse();
      assertThat(curious.poll(session).isHolder()).isFalse();
    }
    assertThat(school.nobody().poll(session, chain).status()).isEqualTo(401);
  }

  @Test
  void aClosedChain_yieldsNothing_andSaysSo() {
    One holder = school.students(1, session).get(0);
    String chain = seed("ENTRY", 1).get(0);
    teacher.post("/api/sessions/" + session + "/chains/" + chain + "/close", Map.of());
    assertThat(holder.poll(session, chain).text("reason")).isEqualTo("CHAIN_CLOSED");
    assertThat(holder.poll(session, chain).body().has("token")).isFalse();
    assertThat(holder.poll(session).text("reason")).isEqualTo("NOT_HOLDER");
  }

  @Test
  void anUnknownChain_orNone_isAnAnswer() {
    One student = school.students(1, session).get(0);
    for (String chain : List.of("AAAAAAAAAAAAAAAAAAAAAA", "nonsense", "..%2F..", "%00")) {
      Said said = student.poll(session, chain);
      assertThat(said.status()).isEqualTo(200);
      assertThat(said.isHolder()).isFalse();
    }
    assertThat(student.poll("nosuchsession").status()).isEqualTo(404);
  }

  private List<String> seed(String type, int count) {
    return school.seed(teacher, session, type, count);
  }
}
