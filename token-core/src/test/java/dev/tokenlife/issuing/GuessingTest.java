package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static dev.tokenlife.issuing.Stage.accepted;
import static dev.tokenlife.issuing.Stage.given;
import static dev.tokenlife.issuing.Stage.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Chains;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChallengeResult;
import dev.tokenlife.model.ChallengeRule;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.testing.Race;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * Guessing codes, alone and in a crowd. A comparison that fails is an event, so they are counted.
 */
final class GuessingTest {
  private static final ChallengeRule RULE = ChallengeRule.standard();

  private final Stage stage = Stage.contended();
  private final ChainKey key = stage.open("CODED");
  private final String token = stage.token(key, "ann");

  @RepeatedTest(20)
  void challengeGuessedBy64ParallelTries_comparesNoMoreThanItsAttempts() {
    String id = challenge("bob");
    String code = stage.code(key, "ann", "bob");
    List<HandOverResult> results =
        Race.of(64, number -> stage.chains.answer(key, id, wrong(code, number), "bob"));
    assertThat(results).allSatisfy(result -> assertThat(refused(result)).isNotNull());
    assertThat(comparisons()).isBetween(1, RULE.attempts());
    assertThat(stage.row(key).budgets().failedChallenges()).isEqualTo(comparisons());
    assertThat(stage.row(key).seq()).isZero();
  }

  @RepeatedTest(20)
  void rightCodeAmong64ParallelTries_winsAtMostOnce() {
    String id = challenge("bob");
    String code = stage.code(key, "ann", "bob");
    List<HandOverResult> results = Race.of(64, number -> stage.chains.answer(key, id, code, "bob"));
    long fresh =
        results.stream()
            .filter(HandOverResult.Accepted.class::isInstance)
            .filter(result -> !((HandOverResult.Accepted) result).repeat())
            .count();
    assertThat(fresh).isEqualTo(1);
    assertThat(stage.row(key).seq()).isEqualTo(1);
    assertThat(stage.row(key).generation()).isEqualTo(2);
    Lineage.check(stage, key);
  }

  @Test
  void usedUpChallenge_refusesTheRightCode() {
    String id = challenge("bob");
    String code = stage.code(key, "ann", "bob");
    for (int i = 0; i < RULE.attempts(); i++) {
      assertThat(refused(stage.chains.answer(key, id, wrong(code, i), "bob")))
          .isEqualTo(Refusal.CHALLENGE_FAILED);
    }
    assertThat(refused(stage.chains.answer(key, id, code, "bob")))
        .isEqualTo(Refusal.CHALLENGE_FAILED);
    assertThat(comparisons()).isEqualTo(RULE.attempts());
  }

  @Test
  void failedGuesses_surviveNewChallengesAndARestart_untilTheChainLocks() {
    Chains restarted = stage.chains;
    int guesses = 0;
    while (stage.row(key).budgets().lockedUntil() == 0) {
      ChallengeResult result = restarted.challenge(ROOM, stage.token(key, "ann"), "bob");
      String id = given(result).challengeId();
      String code = stage.code(key, "ann", "bob");
      for (int i = 0; i < RULE.attempts() && stage.row(key).budgets().lockedUntil() == 0; i++) {
        assertThat(refused(restarted.answer(key, id, wrong(code, i), "bob")))
            .isEqualTo(Refusal.CHALLENGE_FAILED);
        guesses++;
      }
      restarted = stage.node(stage.store).build();
    }
    assertThat(guesses).isEqualTo(RULE.lockAfter());
    assertThat(restarted.challenge(ROOM, stage.token(key, "ann"), "carl"))
        .isEqualTo(new ChallengeResult.Refused(Refusal.LOCKED));
    assertThat(stage.events.events(TokenEvent.Type.LOCKED)).isNotEmpty();
    stage.pass(RULE.lockTime());
    String id = given(restarted.challenge(ROOM, stage.token(key, "ann"), "carl")).challengeId();
    accepted(restarted.answer(key, id, stage.code(key, "ann", "carl"), "carl"));
  }

  @Test
  void match_doesNotFail_becauseTheScannedTokenRotatedMeanwhile() {
    String id = challenge("bob");
    stage.pass(Stage.TTL.multipliedBy(2));
    assertThat(stage.token(key, "ann")).isNotEqualTo(token);
    accepted(stage.chains.answer(key, id, stage.code(key, "ann", "bob"), "bob"));
  }

  @Test
  void expiredChallenge_refusesTheRightCode() {
    String id = challenge("bob");
    String code = stage.code(key, "ann", "bob");
    stage.pass(RULE.ttl().minus(Duration.ofMillis(1)));
    assertThat(stage.code(key, "ann", "bob")).isEqualTo(code);
    stage.pass(Duration.ofMillis(1));
    assertThat(refused(stage.chains.answer(key, id, code, "bob")))
        .isEqualTo(Refusal.CHALLENGE_FAILED);
  }

  @Test
  void codeIsShown_toTheHolderAlone_andIsGoodForItsScannerAlone() {
    String bobs = challenge("bob");
    String carls = challenge("carl");
    String code = stage.code(key, "ann", "bob");
    assertThat(stage.chains.poll(key, "bob").toString()).doesNotContain(code);
    assertThat(refused(stage.chains.answer(key, bobs, code, "carl")))
        .isEqualTo(Refusal.CHALLENGE_FAILED);
    assertThat(refused(stage.chains.answer(key, carls, code, "carl")))
        .isEqualTo(Refusal.CHALLENGE_FAILED);
    accepted(stage.chains.answer(key, bobs, code, "bob"));
  }

  @Test
  void slotSquatting_byOneScanner_takesOneSlot_andNobodyElses() {
    String honest = challenge("carl");
    String code = stage.code(key, "ann", "carl");
    for (int i = 1; i < RULE.perSeq(); i++) {
      challenge("mallory");
    }
    ChainRow row = stage.row(key);
    assertThat(row.challenges())
        .extracting(slot -> slot.scanner())
        .containsExactlyInAnyOrder("carl", "mallory");
    accepted(stage.chains.answer(key, honest, code, "carl"));
  }

  @Test
  void guessingATokenOrAChallengeId_changesNothing() {
    ChainRow before = stage.row(key);
    assertThat(refused(stage.chains.answer(key, "guessed", "000000", "mallory")))
        .isEqualTo(Refusal.CHALLENGE_FAILED);
    assertThat(refused(stage.chains.answer(ChainKey.of(ROOM, "guessed"), "x", "1", "mallory")))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(refused(stage.chains.answer(key, "guessed", null, "mallory")))
        .isEqualTo(Refusal.CHALLENGE_FAILED);
    assertThat(stage.row(key)).isEqualTo(before);
  }

  @Test
  void repeatedAnswer_ofTheOneWhoTookIt_getsTheSameToken_withoutAnotherComparison() {
    String id = challenge("bob");
    String code = stage.code(key, "ann", "bob");
    String first = accepted(stage.chains.answer(key, id, code, "bob")).token().reveal();
    HandOverResult again = stage.chains.answer(key, id, "no code at all", "bob");
    assertThat(accepted(again).token().reveal()).isEqualTo(first);
    assertThat(((HandOverResult.Accepted) again).repeat()).isTrue();
    assertThat(comparisons()).isZero();
    assertThat(refused(stage.chains.answer(key, id, code, "mallory")))
        .isEqualTo(Refusal.ALREADY_CONSUMED);
  }

  private String challenge(String scanner) {
    return given(stage.chains.challenge(ROOM, stage.token(key, "ann"), scanner)).challengeId();
  }

  private int comparisons() {
    return stage.events.events(TokenEvent.Type.CHALLENGE_FAILED).size();
  }

  private static String wrong(String code, int number) {
    int other = (Integer.parseInt(code) + 1 + number) % 1_000_000;
    return String.format("%06d", other);
  }
}
