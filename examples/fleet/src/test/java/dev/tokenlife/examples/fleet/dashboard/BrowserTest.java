package dev.tokenlife.examples.fleet.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tokenlife.examples.fleet.Samples;
import dev.tokenlife.model.Progress;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard in a real browser: what it draws, on a phone and a desktop, light and dark. */
class BrowserTest {
  private static final int SECONDS = 60;
  private static final int LIGHT = 0xf4f5f9;
  private static final int DARK = 0x11131b;
  private static final int BLUE = 0x2f62d9;
  private static final int DARK_BLUE = 0x86a9ff;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private Dashboard dashboard;
  private Chromium chromium;

  @BeforeEach
  void open() throws IOException {
    chromium = new Chromium(browser(), directory);
    History history = new History();
    dashboard = Dashboard.open(0, history);
    IntStream.range(0, SECONDS).forEach(second -> history.add(Samples.of(second)));
    Progress half = new Progress(50, 0, 100, Duration.ofSeconds(5));
    history.now(
        Duration.ofMinutes(1), Optional.of(half), Samples.PROMISES, List.of(Samples.LETTER));
  }

  /** Where everything is proved it must be there; others are told what they miss. */
  private static Path browser() {
    Optional<Path> found = Chromium.find();
    if (found.isEmpty()) {
      String missing = "no chromium on the PATH: the dashboard was not looked at in a browser";
      if ("true".equals(System.getenv("CI"))) {
        fail(missing);
      }
      System.err.println("WARNING: " + missing);
      assumeTrue(false, missing);
    }
    return found.orElseThrow();
  }

  @AfterEach
  void close() {
    if (dashboard != null) {
      dashboard.close();
    }
  }

  @Test
  void everyChart_hasAPointForEachSecond() throws Exception {
    String page = chromium.document(dashboard.address());
    for (String chart : List.of("calls", "queue", "latency", "reads", "read-latency", "dead")) {
      assertThat(page)
          .containsPattern("id=\"" + chart + "\" class=\"chart\"><svg[^>]*data-points=\"60\"");
    }
    assertThat(points(page, "A")).isEqualTo(SECONDS);
    assertThat(points(page, "B p99")).as("a gap where nothing was timed").isEqualTo(SECONDS - 20);
    assertThat(points(page, "urgent")).isEqualTo(2 * SECONDS);
    assertThat(page).containsPattern("class=\"band\"");
  }

  @Test
  void everyProvider_showsWhatItsGuardDid() throws Exception {
    String page = chromium.document(dashboard.address());
    for (String site : List.of("A", "B", "C")) {
      assertThat(page).contains("data-site=\"" + site + "\"");
    }
    assertThat(page).containsOnlyOnce("data-state=\"held back\"");
    assertThat(page).containsOnlyOnce("data-state=\"open\"");
    assertThat(page.split("data-state=\"closed\"", -1)).hasSize(1 + 4);
  }

  @Test
  void lettersPromisesAndWork_areShown_andTextIsNoMarkup() throws Exception {
    String page = chromium.document(dashboard.address());
    assertThat(page).contains("<td class=\"\">C/user-7</td><td class=\"\">PERMANENT</td>");
    assertThat(page).contains("verdict kept", "verdict broken", "verdict untested");
    assertThat(page).contains("calls to &lt;B&gt;");
    assertThat(page).contains("50 of 100, 10 a second, 5 s left");
    assertThat(page).contains("00:59 of 01:00");
  }

  @Test
  void picture_isDrawnInTheColoursOfThePage_lightAndDark_narrowAndWide() throws Exception {
    BufferedImage wide = chromium.picture(dashboard.address(), 1280, 1900, false);
    assertThat(count(wide, LIGHT)).as("page").isGreaterThan(20_000);
    assertThat(count(wide, BLUE)).as("lines of A").isGreaterThan(500);
    assertThat(count(wide, DARK)).isZero();
    BufferedImage dark = chromium.picture(dashboard.address(), 1280, 1900, true);
    assertThat(count(dark, DARK)).as("page").isGreaterThan(20_000);
    assertThat(count(dark, DARK_BLUE)).as("lines of A").isGreaterThan(500);
    assertThat(count(dark, LIGHT)).isZero();
    BufferedImage narrow = chromium.picture(dashboard.address(), 390, 3000, false);
    assertThat(count(narrow, BLUE)).as("lines of A").isGreaterThan(200);
  }

  private static int points(String page, String name) {
    Matcher found =
        Pattern.compile("<(?:path d|polygon points)=\"([^\"]*)\"[^>]*data-name=\"" + name + "\"")
            .matcher(page);
    assertThat(found.find()).as(name).isTrue();
    return found.group(1).split(",", -1).length - 1;
  }

  private static int count(BufferedImage picture, int rgb) {
    int count = 0;
    for (int x = 0; x < picture.getWidth(); x++) {
      for (int y = 0; y < picture.getHeight(); y++) {
        count += (picture.getRGB(x, y) & 0xffffff) == rgb ? 1 : 0;
      }
    }
    return count;
  }
}
