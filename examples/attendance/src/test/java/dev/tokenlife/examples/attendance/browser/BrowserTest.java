package dev.tokenlife.examples.attendance.browser;

import static dev.tokenlife.examples.attendance.browser.People.live;
import static dev.tokenlife.examples.attendance.browser.People.phone;
import static dev.tokenlife.examples.attendance.browser.People.read;
import static dev.tokenlife.examples.attendance.browser.People.scanUntilTaken;
import static dev.tokenlife.examples.attendance.browser.People.student;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tokenlife.examples.attendance.Options;
import dev.tokenlife.examples.attendance.School;
import dev.tokenlife.examples.attendance.School.One;
import dev.tokenlife.examples.attendance.lesson.CodeType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BrowserTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicReference<Chromium> BROWSER = new AtomicReference<>();

  @BeforeAll
  static void startBrowser() throws IOException {
    Optional<Path> binary = Chromium.find();
    if (binary.isEmpty()) {
      String missing = "NO BROWSER: the pages are not tested. Put chromium on the PATH.";
      System.err.println(missing);
      assertThat(System.getenv("CI")).as(missing).isNotEqualTo("true");
    }
    Assumptions.assumeTrue(binary.isPresent(), "no chromium on the PATH");
    BROWSER.set(Chromium.start(binary.get()));
  }

  @AfterAll
  static void stopBrowser() {
    Chromium browser = BROWSER.getAndSet(null);
    if (browser != null) {
      browser.close();
    }
  }

  private static Chromium browser() {
    return Objects.requireNonNull(BROWSER.get(), "started before all tests");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCode_isShownAsItIs_changes_movesWhenItIsScanned_andEnds(boolean push) throws IOException {
    Options options = School.rules(Duration.ofSeconds(4), false);
    String mode = push ? "push" : "poll";
    try (School school = School.inRealTime(push ? options.pushing() : options)) {
      One teacher = school.teacher("Ms Noether");
      String session = school.session(teacher);
      Page anna = phone(browser()).open(school.address() + "/s/" + session);
      anna.type("#sign-in-form input[name=name]", "Anna");
      anna.click("#sign-in-button");
      anna.awaitText("#message-title", "You hold no code");
      anna.picture(mode + "-1-waiting");

      String chain = school.seed(teacher, session, "ENTRY", 1).get(0);
      anna.awaitVisible("#holding");
      String first = live(anna, session, chain);
      anna.picture(mode + "-2-holding");
      await().atMost(PATIENCE).until(() -> !live(anna, session, chain).equals(first));

      Page ben = scanUntilTaken(browser(), anna);
      ben.picture(mode + "-3-new-holder");
      anna.awaitText("#message-title", "You passed it on");
      anna.awaitText("#marks", "Present");
      anna.picture(mode + "-4-passed-on");
      assertThat(ben.evaluate("location.search").asText()).as("not left in the address").isEmpty();

      teacher.post("/api/sessions/" + session + "/chains/" + chain + "/close", Map.of());
      ben.awaitText("#message-title", "Chain completed");
      ben.picture(mode + "-5-completed");
      teacher.post("/api/sessions/" + session + "/end", Map.of());
      anna.awaitText("#message-title", "Session ended");
      assertThat(anna.complaints()).isEmpty();
      assertThat(ben.complaints()).isEmpty();
    }
  }

  @Test
  void aCode_changesEveryTenSeconds_unlessToldOtherwise() throws IOException {
    try (School school = School.inRealTime(Options.standard())) {
      One teacher = school.teacher("Ms Noether");
      String session = school.session(teacher);
      Page anna = student(browser(), school, session, "Anna");
      String chain = school.seed(teacher, session, "ENTRY", 1).get(0);
      anna.awaitVisible("#holding");
      String first = live(anna, session, chain);
      await().atMost(Duration.ofSeconds(15)).until(() -> !live(anna, session, chain).equals(first));
    }
  }

  @Test
  void aTeacher_runsALessonFromTheDashboard() throws IOException {
    try (School school = School.inRealTime(School.rules(Duration.ofSeconds(10), false))) {
      Page page = browser().person().sized(1280, 900, false).open(school.address() + "/");
      page.awaitVisible("#sign-in");
      page.picture("teacher-1-sign-in");
      page.type("#sign-in-form input[name=name]", "Ms Noether");
      page.evaluate("document.querySelector('input[value=teacher]').click()");
      page.click("#sign-in-form button");
      page.type("#create-form input", "Mathematics 2b");
      page.click("#create-form button");
      page.awaitText("#class", "Mathematics 2b");
      page.awaitVisible("#join-qr");
      String session = page.evaluate("location.pathname.split('/')[2]").asText();
      assertThat(read(page, "#join-qr")).isEqualTo(school.address() + "/s/" + session);

      List<One> students = school.students(7, session);
      page.awaitText("#students", "Student 6");
      page.evaluate("document.querySelector('#seed-form [name=count]').value = 3");
      page.click("#seed-form button");
      await().atMost(PATIENCE).until(() -> rows(page) == 3);
      pass(students, session);
      page.awaitText("#tiles", "1\npassed on");
      page.picture("teacher-2-dashboard");
      page.dark().picture("teacher-3-dashboard-dark");
      page.sized(390, 844, true).picture("teacher-4-dashboard-phone");

      page.click("#chains tr:first-child td.actions button:last-child");
      page.awaitText("#chains", "completed");
      page.evaluate("document.querySelector('#seed-form [name=count]').value = 100");
      page.click("#seed-form button");
      page.awaitText("#status", "7 students have joined");
      page.evaluate("window.confirm = () => true");
      page.click("#end");
      page.awaitText("#state", "ended");
      assertThat(page.complaints()).isEmpty();
    }
  }

  @Test
  void aWallCode_isReadByManyPhones() throws IOException {
    Options options = School.rules(Duration.ofSeconds(4), false, CodeType.LATE);
    try (School school = School.inRealTime(options)) {
      One teacher = school.teacher("Ms Noether");
      String session = school.session(teacher);
      Page wall = browser().person().sized(1280, 900, false);
      wall.open(school.address() + "/enter/" + teacher.bearer() + "?to=/t/" + session);
      wall.open(school.address() + "/t/" + session + "/wall/LATE");
      wall.awaitVisible("#qr");
      await().atMost(PATIENCE).until(() -> wall.readCode("#code-frame").isPresent());
      wall.picture("wall");
      for (String name : List.of("Anna", "Ben")) {
        Page late = student(browser(), school, session, name);
        late.awaitText("#message-title", "You hold no code");
        late.open(read(wall, "#code-frame"));
        late.awaitText("#message-title", "you came late");
        late.awaitText("#marks", "Late");
      }
    }
  }

  @Test
  void aConfirmationCode_isShownToTheHolder_andTypedByTheScanner() throws IOException {
    Options options = School.rules(Duration.ofSeconds(4), true).pushing();
    try (School school = School.inRealTime(options)) {
      One teacher = school.teacher("Ms Noether");
      String session = school.session(teacher);
      Page anna = student(browser(), school, session, "Anna");
      school.seed(teacher, session, "ENTRY", 1);
      anna.awaitVisible("#holding");
      Page ben = student(browser(), school, session, "Ben");
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                ben.open(read(anna, "#code-frame"));
                await().until(() -> ben.isVisible("#confirm") || ben.isVisible("#message"));
                return ben.isVisible("#confirm");
              });
      anna.awaitText("#codes", "Ben has to type");
      anna.picture("challenge-1-holder");
      ben.picture("challenge-2-scanner");
      String code = anna.text("#codes b").replaceAll("\\D", "");
      ben.type("#confirm-form input", code.equals("000000") ? "000001" : "000000");
      ben.click("#confirm-form button");
      ben.awaitVisible("#confirm-problem");
      ben.type("#confirm-form input", code);
      ben.click("#confirm-form button");
      ben.awaitVisible("#holding");
      anna.awaitText("#message-title", "You passed it on");
    }
  }

  private static int rows(Page page) {
    return page.evaluate("document.querySelectorAll('#chains tr').length").asInt();
  }

  private static void pass(List<One> students, String session) {
    One holder =
        students.stream().filter(one -> one.poll(session).isHolder()).findFirst().orElseThrow();
    One other =
        students.stream().filter(one -> !one.poll(session).isHolder()).findFirst().orElseThrow();
    assertThat(other.scan(session, holder.poll(session).text("token")).isHolder()).isTrue();
  }
}
