package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static dev.tokenlife.issuing.Stage.accepted;
import static dev.tokenlife.issuing.Stage.given;
import static dev.tokenlife.issuing.Stage.live;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Chains;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainView;
import dev.tokenlife.model.ChallengeResult;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.Eligibility;
import dev.tokenlife.spi.TokenSubscriber;
import dev.tokenlife.testing.IntrudedStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The application's word on who may take a chain, and what happens when it has none. */
final class EligibilityTest {
  private static final HandOverResult NO = new HandOverResult.Refused(Refusal.NOT_ELIGIBLE);
  private static final Duration SOON = Duration.ofMillis(50);

  private final Stage stage = new Stage();
  private final ChainKey key = stage.open("ENTRY");
  private final String token = stage.token(key, "ann");
  private final CountDownLatch testOver = new CountDownLatch(1);

  @AfterEach
  void letTheHangingGo() {
    testOver.countDown();
  }

  static Stream<Arguments> unclear() {
    return Stream.of(
        Arguments.of("no", (Eligibility) (chain, actor) -> false),
        Arguments.of("a storage error", throwing(new IOException("storage is down"))),
        Arguments.of("a bug", throwing(new NullPointerException())),
        Arguments.of("an interruption", throwing(new InterruptedException())),
        Arguments.of(
            "an error",
            (Eligibility)
                (chain, actor) -> {
                  throw new StackOverflowError();
                }));
  }

  private static Eligibility throwing(Exception failure) {
    return (chain, actor) -> {
      throw failure;
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unclear")
  void failingEligibilityCallback_failsClosed_andChangesNothing(String name, Eligibility desk) {
    ChainRow before = stage.row(key);
    Chains chains = stage.node(stage.store).eligibility(desk).build();
    assertThat(chains.handOver(ROOM, token, "bob")).isEqualTo(NO);
    assertThat(stage.row(key)).isEqualTo(before);
    assertThat(stage.chains.effects().read(ROOM, 10)).isEmpty();
  }

  @Test
  void hangingEligibilityCallback_failsClosed_atItsDeadline_andIsInterrupted()
      throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    try (Chains chains =
        stage
            .bare(stage.store)
            .eligibilityDeadline(SOON)
            .eligibility(
                (chain, actor) -> {
                  try {
                    return testOver.await(1, TimeUnit.MINUTES);
                  } catch (InterruptedException stop) {
                    interrupted.countDown();
                    return true;
                  }
                })
            .build()) {
      assertThat(chains.handOver(ROOM, token, "bob")).isEqualTo(NO);
      assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
      assertThat(stage.row(key).seq()).isZero();
    }
  }

  @Test
  void callbacksThatHangForGood_stopNoSubscription() throws InterruptedException {
    try (Chains chains =
        stage
            .bare(stage.store)
            .eligibilityDeadline(SOON)
            .eligibility((chain, actor) -> hang())
            .build()) {
      for (int i = 0; i < 12; i++) {
        assertThat(chains.handOver(ROOM, token, "s" + i)).isEqualTo(NO);
      }
      CountDownLatch shown = new CountDownLatch(1);
      chains.subscribe(key, "ann", countingDown(shown));
      assertThat(shown.await(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void interruptedCaller_isRefused_andStaysInterrupted() {
    try (Chains chains = stage.bare(stage.store).eligibility((chain, actor) -> hang()).build()) {
      Thread.currentThread().interrupt();
      assertThat(chains.handOver(ROOM, token, "bob")).isEqualTo(NO);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void executorThatTakesNoQuestion_failsClosed() {
    Chains chains =
        stage
            .node(stage.store)
            .eligibility((chain, actor) -> true)
            .executor(
                task -> {
                  throw new RejectedExecutionException("full");
                })
            .build();
    assertThat(chains.handOver(ROOM, token, "bob")).isEqualTo(NO);
  }

  @Test
  void question_isAskedOncePerAttempt_aboutTheRowReadAndTheActor() {
    List<String> asked = new ArrayList<>();
    Chains chains = stage.node(stage.store).eligibility(recording(asked)).build();
    accepted(chains.handOver(ROOM, token, "bob"));
    assertThat(asked).containsExactly("bob for ENTRY of ann at 0");
  }

  @Test
  void question_isNotAsked_forWhatIsRefusedAnyway() {
    List<String> asked = new ArrayList<>();
    Chains chains = stage.node(stage.store).eligibility(recording(asked)).build();
    List<HandOverResult> refused =
        List.of(
            chains.handOver(ROOM, "garbage", "bob"),
            chains.handOver(ROOM, token, "ann"),
            chains.handOver("session-8", token, "bob"));
    stage.pass(Stage.TTL);
    assertThat(chains.handOver(ROOM, token, "bob"))
        .isEqualTo(new HandOverResult.Refused(Refusal.TOKEN_EXPIRED));
    assertThat(refused).allMatch(HandOverResult.Refused.class::isInstance);
    assertThat(asked).isEmpty();
  }

  @Test
  void answerForAnEarlierHolder_isNotUsedForALaterOne() {
    List<String> asked = new ArrayList<>();
    Chains chains =
        stage
            .node(
                IntrudedStore.beforeCall(stage.store, 2, () -> stage.chains.reassign(key, "carl")))
            .eligibility(recording(asked))
            .build();
    assertThat(chains.handOver(ROOM, token, "bob"))
        .isEqualTo(new HandOverResult.Refused(Refusal.ALREADY_CONSUMED));
    assertThat(asked).containsExactly("bob for ENTRY of ann at 0");
    assertThat(live(stage.chains.poll(key, "carl")).seq()).isEqualTo(1);
  }

  @Test
  void challenge_isRefusedToTheIneligible_andAMatchAsksAgain() {
    ChainKey coded = stage.open("CODED");
    String shown = stage.token(coded, "ann");
    List<String> banned = new ArrayList<>(List.of("mallory"));
    Chains chains =
        stage.node(stage.store).eligibility((chain, actor) -> !banned.contains(actor)).build();
    assertThat(chains.challenge(ROOM, shown, "mallory"))
        .isEqualTo(new ChallengeResult.Refused(Refusal.NOT_ELIGIBLE));
    String id = given(chains.challenge(ROOM, shown, "bob")).challengeId();
    String code = stage.code(coded, "ann", "bob");
    banned.add("bob");
    assertThat(chains.answer(coded, id, code, "bob")).isEqualTo(NO);
    banned.remove("bob");
    accepted(chains.answer(coded, id, code, "bob"));
  }

  private static Eligibility recording(List<String> asked) {
    return (ChainView chain, String actor) -> {
      asked.add(
          actor
              + " for "
              + chain.type()
              + " of "
              + chain.holder().orElse("nobody")
              + " at "
              + chain.seq());
      return true;
    };
  }

  /** Does not even end when it is interrupted. */
  private boolean hang() {
    while (true) {
      try {
        return testOver.await(1, TimeUnit.MINUTES);
      } catch (InterruptedException ignored) {
        // That is the point.
      }
    }
  }

  private static TokenSubscriber countingDown(CountDownLatch shown) {
    return new TokenSubscriber() {
      @Override
      public void onToken(LiveToken live) {
        shown.countDown();
      }

      @Override
      public void onOver(PollResult reason) {
        throw new AssertionError(reason);
      }
    };
  }
}
