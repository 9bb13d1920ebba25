package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.accepted;
import static dev.tokenlife.issuing.Stage.live;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Chains;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.OpenRequest;
import dev.tokenlife.model.OpenResult;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.spi.TokenSubscriber;
import dev.tokenlife.testing.CountingStore;
import dev.tokenlife.testing.StoreCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Ten sessions of thirty students, fifty of them watching a code that changes every ten seconds,
 * for one hour, with a hand-over somewhere every 36 seconds. The operations are counted.
 */
final class AttendanceHourTest {
  private static final int SESSIONS = 10;
  private static final int WATCHING = 5;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final long ROTATIONS = SESSIONS * WATCHING * 360L;

  private final Stage stage = new Stage();
  private final CountingStore counting = CountingStore.around(stage.store);
  private final Chains chains = stage.node(counting).build();
  private final List<Page> pages = new ArrayList<>();
  private int handOvers;
  private boolean push;

  /** What one chain's holder looks at. */
  private final class Page implements TokenSubscriber {
    private final ChainKey key;
    private int student;
    private LiveToken shown;
    private int shownTokens;

    Page(OpenResult opened, int student) {
      this.key = ((OpenResult.Opened) opened).chain();
      this.shown = ((OpenResult.Opened) opened).token().orElseThrow();
      this.student = student;
    }

    void start() {
      if (push) {
        chains.subscribe(key, holder(), this);
      } else {
        later(shown);
      }
    }

    void later(LiveToken token) {
      shown = token;
      int now = student;
      stage.time.schedule(token.pollAfter(), () -> poll(now));
    }

    void poll(int whose) {
      PollResult result = chains.poll(key, "student-" + whose);
      if (whose == student) {
        shownTokens++;
        later(live(result));
      }
    }

    void handOn() {
      HandOverResult result =
          chains.handOver(key.partition(), shown.token().reveal(), "student-" + (student + 1));
      student++;
      handOvers++;
      LiveToken next = accepted(result);
      if (push) {
        chains.subscribe(key, holder(), this);
      } else {
        later(next);
      }
    }

    String holder() {
      return "student-" + student;
    }

    @Override
    public void onToken(LiveToken token) {
      shown = token;
      shownTokens++;
    }

    @Override
    public void onOver(PollResult reason) {
      assertThat(reason).isEqualTo(new PollResult.NotHolder());
    }
  }

  @Test
  void polledAsToldByPollAfter_theHourCostsTwoOperationsPerRotation_andNoQuery() {
    hour(false);
    long extra = 2L * (pages.size() + handOvers);
    assertThat(counting.total()).isLessThanOrEqualTo(2 * ROTATIONS + extra);
    assertThat(2 * ROTATIONS).isEqualTo(36_000);
    everythingWasShown();
  }

  @Test
  void pushed_theHourCostsOneWritePerRotation_andNoQuery() {
    hour(true);
    assertThat(counting.total())
        .as("a chain is opened in a batch and read once; a hand-over is a write, its taker a read")
        .isLessThanOrEqualTo(ROTATIONS + SESSIONS + pages.size() + 2L * handOvers);
    assertThat(counting.finds()).isEqualTo(pages.size() + handOvers);
    assertThat(ROTATIONS).isEqualTo(18_000);
    everythingWasShown();
    chains.close();
    assertThat(stage.time.armedTimers()).isZero();
  }

  @Test
  void quietHour_withoutAHandOver_staysBelowTheGoalByItself() {
    for (boolean pushed : List.of(false, true)) {
      AttendanceHourTest quiet = new AttendanceHourTest();
      quiet.open(pushed);
      quiet.counting.reset();
      quiet.pages.forEach(Page::start);
      quiet.stage.pass(HOUR.minusMillis(1));
      long most = pushed ? ROTATIONS + quiet.pages.size() : 2 * ROTATIONS;
      assertThat(quiet.counting.total()).isBetween(most - 200, most);
    }
  }

  private void hour(boolean pushed) {
    open(pushed);
    pages.forEach(Page::start);
    Random random = new Random(7);
    for (int turn = 0; turn < 100; turn++) {
      int wait = random.nextInt(36_000);
      stage.pass(Duration.ofMillis(wait));
      pages.get(random.nextInt(pages.size())).handOn();
      stage.pass(Duration.ofMillis(36_000 - wait));
    }
    assertThat(handOvers).isEqualTo(100);
    for (StoreCall call : counting.counts().keySet()) {
      assertThat(call.isQuery()).as("nothing but point operations: " + call).isFalse();
    }
  }

  private void open(boolean pushed) {
    push = pushed;
    for (int session = 0; session < SESSIONS; session++) {
      String partition = "session-" + session;
      List<OpenRequest> requests =
          IntStream.range(0, WATCHING)
              .mapToObj(number -> OpenRequest.of(partition, "SCREEN", "student-" + 100 * number))
              .toList();
      List<OpenResult> results = chains.openAll(requests);
      for (int number = 0; number < WATCHING; number++) {
        pages.add(new Page(results.get(number), 100 * number));
      }
    }
  }

  private void everythingWasShown() {
    for (Page page : pages) {
      assertThat(page.shownTokens).isGreaterThanOrEqualTo(340);
      Lineage.check(stage, page.key);
    }
  }
}
