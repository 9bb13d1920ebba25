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
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainView;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as people see them: in a browser, on a phone or a desk, with a camera for codes. */
@ExtendWith(ChromiumExtension.class)
final class BrowserTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private final Chromium browser;

  BrowserTest(Chromium browser) {
    this.browser = browser;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCode_isShownAsItIs_changes_movesWhenItIsScanned_andEnds(boolean push) throws IOException {
    Options options = School.rules(Duration.ofSeconds(4), false);
    String mode = push ? "push" : "poll";
    try (School school = School.inRealTime(push ? options.pushing() : options)) {
      One teacher = school.teacher("Ms Noether");
      String session = school.session(teacher);
      Page anna = phone(browser).open(school.address() + "/s/" + session);
      anna.type("#sign-in-form input[name=name]", "Anna");
      anna.click("#sign-in-button");
      anna.awaitText("#message-title", "You hold no code");
      Looks.right(anna, mode + "-1-waiting");

      String chain = school.seed(teacher, session, "ENTRY", 1).get(0);
      anna.awaitVisible("#holding");
      String first = live(anna, session, chain);
      Looks.right(anna, mode + "-2-holding");
      await().atMost(PATIENCE).until(() -> !live(anna, session, chain).equals(first));

      Page ben = scanUntilTaken(browser, anna);
      Looks.right(ben, mode + "-3-new-holder");
      anna.awaitText("#message-title", "You passed it on");
      anna.awaitText("#marks", "Present");
      Looks.right(anna, mode + "-4-passed-on");
      assertThat(ben.evaluate("location.search").asText()).as("not left in the address").isEmpty();

      teacher.post("/api/sessions/" + session + "/chains/" + chain + "/close", Map.of());
      ben.awaitText("#message-title", "Chain completed");
      Looks.right(ben, mode + "-5-completed");
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
      Page anna = student(browser, school, session, "Anna");
      String chain = school.seed(teacher, session, "ENTRY", 1).get(0);
      anna.awaitVisible("#holding");
      String first = read(anna, "#code-frame");
      long until = expiry(school, session, chain);
      // Nobody asks but the page.
      await()
          .atMost(PATIENCE)
          .until(
              () -> anna.readCode("#code-frame").filter(seen -> !seen.equals(first)).isPresent());
      live(anna, session, chain);
      assertThat(expiry(school, session, chain) - until).isGreaterThanOrEqualTo(10);
    }
  }

  private static long expiry(School school, String session, String chain) {
    return school
        .chains()
        .find(ChainKey.of(session, chain))
        .flatMap(ChainView::expiresAt)
        .orElseThrow()
        .getEpochSecond();
  }

  @Test
  void aTeacher_runsALessonFromTheDashboard() throws IOException {
    try (School school = School.inRealTime(School.rules(Duration.ofSeconds(4), false))) {
      Page page = phone(browser).open(school.address() + "/");
      page.awaitVisible("#sign-in");
      Looks.right(page, "teacher-1-sign-in-phone");
      page.sized(1280, 900, false);
      Looks.right(page, "teacher-1-sign-in");
      page.type("#sign-in-form input[name=name]", "Ms Noether");
      page.evaluate("document.querySelector('input[value=teacher]').click()");
      page.click("#sign-in-form button");
      page.awaitVisible("#no-sessions");
      Looks.right(page, "teacher-1-sessions");
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
      page.awaitText("#chains", "stalled");
      Looks.right(page, "teacher-2-dashboard");
      Looks.right(page.sized(390, 844, true), "teacher-3-dashboard-phone");

      page.click("#chains tr:first-child td.actions button:nth-last-child(2)");
      page.awaitVisible("#reassign select");
      Looks.right(page, "teacher-4-give-phone");
      page.click("#reassign button[value=cancel]");
      page.click("#chains tr:first-child td.actions button:last-child");
      page.awaitText("#chains", "completed");
      page.evaluate("document.querySelector('#seed-form [name=count]').value = 100");
      page.click("#seed-form button");
      page.awaitText("#status", "7 students have joined");
      page.evaluate("window.confirm = () => true");
      page.click("#end");
      page.awaitText("#state", "ended");
      assertThat(csv(page).lines()).hasSize(1 + 7).anyMatch(line -> line.contains("Student 6"));
      Looks.right(page, "teacher-5-ended-phone");
      assertThat(page.complaints()).isEmpty();
    }
  }

  @Test
  void aWallCode_isReadByManyPhones() throws IOException {
    Options options = School.rules(Duration.ofSeconds(4), false, CodeType.LATE);
    try (School school = School.inRealTime(options)) {
      One teacher = school.teacher("Ms Noether");
      String session = school.session(teacher);
      Page wall = browser.person().sized(1280, 900, false);
      wall.open(school.address() + "/enter/" + teacher.bearer() + "?to=/t/" + session);
      wall.open(school.address() + "/t/" + session + "/wall/LATE");
      wall.awaitVisible("#qr");
      await().atMost(PATIENCE).until(() -> wall.readCode("#code-frame").isPresent());
      Looks.right(wall, "wall");
      Looks.right(wall.sized(390, 844, true), "wall-phone");
      wall.sized(1280, 900, false);
      for (String name : List.of("Anna", "Ben")) {
        Page late = student(browser, school, session, name);
        late.awaitText("#message-title", "You hold no code");
        late.open(read(wall, "#code-frame"));
        late.awaitText("#message-title", "you came late");
        late.awaitText("#marks", "Late");
        Looks.right(late, "wall-noted");
      }
    }
  }

  @Test
  void aConfirmationCode_isShownToTheHolder_andTypedByTheScanner() throws IOException {
    Options options = School.rules(Duration.ofSeconds(4), true).pushing();
    try (School school = School.inRealTime(options)) {
      One teacher = school.teacher("Ms Noether");
      String session = school.session(teacher);
      Page anna = student(browser, school, session, "Anna");
      school.seed(teacher, session, "ENTRY", 1);
      anna.awaitVisible("#holding");
      Page ben = student(browser, school, session, "Ben");
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                ben.open(read(anna, "#code-frame"));
                await().until(() -> ben.isVisible("#confirm") || ben.isVisible("#message"));
                return ben.isVisible("#confirm");
              });
      anna.awaitText("#codes", "Ben has to type");
      Looks.right(anna, "challenge-1-holder");
      Looks.right(ben, "challenge-2-scanner");
      String code = anna.text("#codes b").replaceAll("\\D", "");
      ben.type("#confirm-form input", code.equals("000000") ? "000001" : "000000");
      ben.click("#confirm-form button");
      ben.awaitVisible("#confirm-problem");
      ben.type("#confirm-form input", code);
      ben.click("#confirm-form button");
      ben.awaitVisible("#holding");
      anna.awaitText("#message-title", "You passed it on");
      refusedWhileHolding(ben, school.address() + "/s/" + session + "?t=nonsense");
    }
  }

  /** Their own code comes back at once, and says what was wrong with the other. */
  private static void refusedWhileHolding(Page holder, String link) {
    holder.open(link);
    holder.awaitText("#notice", "no code of this session");
    holder.awaitVisible("#qr");
    Looks.right(holder, "challenge-3-refused");
  }

  /** What the link on the dashboard downloads. */
  private static String csv(Page page) {
    return page.evaluate("fetch(document.querySelector('#csv').href).then(r => r.text())").asText();
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
