package dev.tokenlife.transition;

import static dev.tokenlife.transition.ChainFixture.START;
import static dev.tokenlife.transition.ChainFixture.since;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.Position;
import dev.tokenlife.model.PreviousToken;
import dev.tokenlife.model.Refusal;
import org.junit.jupiter.api.Test;

/** T8: a guess is paid for before it is compared. */
class AnswerChallengeTest {
  private static final Actor BEN = new Actor("ben", "key-b", "c1", -1, true);

  private final ChainFixture chain = ChainFixture.open(Rules.challenged().build());
  private final Presented token = chain.token();

  private ChainFixture challenged() {
    chain.challenge(token, BEN, "c1");
    return chain;
  }

  @Test
  void guess_isPaidFor_beforeItIsCompared() {
    Answer answer = challenged().at(1_000).debit("c1", BEN);
    assertThat(answer).isEqualTo(new Answer.Compare(chain.row(), "nonce-c1"));
    assertThat(chain.slot().attemptsLeft()).isEqualTo(2);
    assertThat(chain.row().budgets()).isEqualTo(new Budgets(1, 1, 0, 0));
    assertThat(since(chain.row().control().lastUse())).isZero();
    assertThat(chain.companions()).isEmpty();
  }

  @Test
  void match_consumesTheScannedToken_andGivesTheFailureBack() {
    challenged().debit("c1", BEN);
    chain.assertDone(chain.at(2_000).match("c1", BEN));
    assertThat(chain.row().position().holder()).isEqualTo("ben");
    assertThat(chain.row().position().holderKey()).isEqualTo("key-b");
    assertThat(chain.row().seq()).isEqualTo(1);
    assertThat(chain.row().challenges()).isEmpty();
    assertThat(chain.row().budgets()).isEqualTo(Budgets.NONE);
    assertThat(chain.previous())
        .isEqualTo(
            new PreviousToken(
                1,
                0,
                7,
                START + 13_000,
                START + 2_000,
                PreviousToken.Reason.HANDED_OVER,
                "ben",
                "c1",
                START + 7_000,
                0));
    assertThat(chain.companions()).hasSize(3);
  }

  @Test
  void match_doesNotFail_becauseTheScannedTokenRotatedOrExpiredMeanwhile() {
    challenged().at(10_000).poll("anna");
    chain.debit("c1", BEN);
    chain.assertDone(chain.at(20_000).match("c1", BEN));
    assertThat(chain.previous().generation()).isEqualTo(1);
    assertThat(chain.previous().keyId()).isEqualTo(7);
    assertThat(since(chain.previous().expiresAt())).isEqualTo(13_000);
  }

  @Test
  void match_consumesEvenATokenThatIsNotRememberedAnyMore() {
    challenged().at(10_000).poll("anna");
    chain.at(20_000).poll("anna");
    chain.debit("c1", BEN);
    chain.assertDone(chain.at(29_999).match("c1", BEN));
    assertThat(chain.previous().generation()).isEqualTo(1);
    assertThat(chain.row().generation()).isEqualTo(4);
    chain.assertRepeat(chain.handOver(token, BEN));
  }

  @Test
  void match_needsTheSlotThatWasPaidFor() {
    challenged().debit("c1", BEN);
    chain.challenge(token, "ben", "c2");
    chain.assertRefusedSilently(chain.match("c1", BEN), Refusal.CHALLENGE_FAILED);
    AnswerChallenge other = new AnswerChallenge("c2", BEN, false, Rules.challenged().build(), 7);
    chain.assertRefusedSilently(
        chain.run((row, evaluation) -> other.match(row, "nonce-c1", evaluation)),
        Refusal.CHALLENGE_FAILED);
  }

  @Test
  void challenge_isForItsScannerAlone() {
    challenged();
    chain.assertRefusedSilently(chain.debit("c1", Actor.of("cora")), Refusal.CHALLENGE_FAILED);
    chain.assertRefusedSilently(chain.debit("c9", BEN), Refusal.CHALLENGE_FAILED);
    chain.debit("c1", BEN);
    chain.assertRefusedSilently(chain.match("c1", Actor.of("cora")), Refusal.CHALLENGE_FAILED);
  }

  @Test
  void challenge_endsInTime_exclusive() {
    challenged();
    chain.assertRefusedSilently(chain.at(30_000).debit("c1", BEN), Refusal.CHALLENGE_FAILED);
    assertThat(chain.at(29_999).debit("c1", BEN)).isInstanceOf(Answer.Compare.class);
  }

  @Test
  void challenge_endsWithItsAttempts() {
    challenged();
    for (int i = 0; i < 3; i++) {
      assertThat(chain.debit("c1", BEN)).isInstanceOf(Answer.Compare.class);
    }
    assertThat(chain.slot().attemptsLeft()).isZero();
    chain.assertRefusedSilently(chain.debit("c1", BEN), Refusal.CHALLENGE_FAILED);
    chain.assertDone(chain.match("c1", BEN));
  }

  @Test
  void guess_isTakenFromItsOwnSlot() {
    challenged();
    chain.challenge(token, "cora", "c2");
    chain.debit("c2", new Actor("cora", null, "c2", -1, true));
    assertThat(chain.row().challenges())
        .extracting(slot -> slot.id() + slot.attemptsLeft())
        .containsExactly("c13", "c22");
  }

  @Test
  void newSeq_endsTheChallengesOfTheOld() {
    challenged();
    chain.reassign("dora");
    chain.assertRefusedSilently(chain.debit("c1", BEN), Refusal.CHALLENGE_FAILED);
  }

  @Test
  void slotOfAnotherSeq_isNoSlot() {
    challenged();
    chain.with(row -> row.draft().position(new Position(1, 1, "anna", null, null, START)).row());
    chain.assertRefusedSilently(chain.debit("c1", BEN), Refusal.CHALLENGE_FAILED);
  }

  @Test
  void application_isAskedAtTheMatch() {
    challenged().asking();
    assertThat(chain.debit("c1", BEN)).isInstanceOf(Answer.Compare.class);
    assertThat(chain.match("c1", BEN)).isEqualTo(new Answer.AskEligibility(chain.row()));
    chain.assertRefusedSilently(chain.match("c1", BEN.asked(0, false)), Refusal.NOT_ELIGIBLE);
    chain.assertDone(chain.match("c1", BEN.asked(0, true)));
  }

  @Test
  void chainThatTakesNoCommand_takesNoGuess() {
    challenged().debit("c1", BEN);
    chain.suspend();
    chain.assertRefusedSilently(chain.debit("c1", BEN), Refusal.SUSPENDED);
    chain.assertRefusedSilently(chain.match("c1", BEN), Refusal.SUSPENDED);
    ChainFixture none = ChainFixture.nothing(Rules.challenged().build());
    none.assertRefusedSilently(none.debit("c1", BEN), Refusal.NOT_FOUND);
    none.assertRefusedSilently(none.match("c1", BEN), Refusal.NOT_FOUND);
  }

  @Test
  void chainThatIsNotChallengedAnyMore_takesNoGuess() {
    challenged();
    AnswerChallenge plain = new AnswerChallenge("c1", BEN, false, Rules.screen().build(), 7);
    chain.assertRefusedSilently(chain.run(plain::debit), Refusal.INVALID);
  }

  @Test
  void lostAnswerOfAMatch_isRepeated_withoutAnotherGuess() {
    challenged().debit("c1", BEN);
    chain.match("c1", BEN);
    chain.assertRepeat(chain.debit("c1", BEN));
    chain.assertRepeat(chain.match("c1", BEN));
    chain.assertRepeat(chain.handOver(token, BEN));
    chain.assertRefusedSilently(chain.debit("c1", BEN), Refusal.ALREADY_CONSUMED);
    assertThat(chain.row().generation()).isEqualTo(2);
  }

  @Test
  void answerOfSomebodyElse_afterTheMatch_isTooLate() {
    challenged().debit("c1", BEN);
    chain.match("c1", BEN);
    chain.assertRefusedSilently(
        chain.debit("c1", new Actor("cora", "key-b", "c1", -1, true)), Refusal.ALREADY_CONSUMED);
    chain.assertRefusedSilently(
        chain.debit("c1", new Actor("ben", "key-x", "c1", -1, true)), Refusal.ALREADY_CONSUMED);
  }
}
