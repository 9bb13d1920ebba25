package dev.tokenlife.transition;

import static dev.tokenlife.transition.FetchedFixture.START;
import static dev.tokenlife.transition.FetchedFixture.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.Claim;
import dev.tokenlife.model.Failure;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Upstream;
import org.junit.jupiter.api.Test;

/** T12: a call to an exclusive source is announced, and a dead one's announcement is taken back. */
class ClaimTest {
  private final FetchedFixture chain = FetchedFixture.adopted();

  @Test
  void claim_isWritten_andChangesNothingElse() {
    Upstream before = chain.upstream();
    chain.assertWritten(chain.at(10).claim("p", 1));
    assertThat(chain.row().claim()).isEqualTo(new Claim("p", "p", 1));
    assertThat(chain.upstream()).isEqualTo(before);
    assertThat(chain.row().generation()).isEqualTo(1);
    assertThat(chain.row().control().lastAt()).isEqualTo(START + 10);
  }

  @Test
  void secondClaim_findsTheFirst() {
    chain.claim("p", 1);
    chain.assertUnchanged(chain.claim("q", 1), new FetchAnswer.ClaimedByOther(chain.row()));
    chain.assertUnchanged(chain.mayCall(1), new FetchAnswer.ClaimedByOther(chain.row()));
  }

  @Test
  void claimOfAnotherGeneration_isMoved() {
    chain.assertUnchanged(chain.claim("p", 0), new FetchAnswer.Moved(chain.row()));
    chain.assertUnchanged(chain.claim("p", 2), new FetchAnswer.Moved(chain.row()));
  }

  @Test
  void chainThatIsNotActive_isNotClaimed() {
    chain.suspend();
    chain.assertUnchanged(chain.claim("p", 1), new FetchAnswer.NotActive(chain.row()));
    chain.close();
    chain.assertUnchanged(chain.claim("p", 1), new FetchAnswer.NotActive(chain.row()));
  }

  @Test
  void sourceThatCanBeCalledTwice_needsNoClaim() {
    chain.assertUnchanged(chain.mayCall(1), new FetchAnswer.Done(chain.row(), false));
  }

  @Test
  void failureOfThisGeneration_forbids_untilItsTime_exclusive() {
    chain.claim("p", 1);
    chain.fail(1, "p", FailureKind.PERMANENT, START + 1_000);
    chain.assertUnchanged(chain.at(999).claim("q", 1), new FetchAnswer.Forbidden(chain.row()));
    chain.assertUnchanged(chain.mayCall(1), new FetchAnswer.Forbidden(chain.row()));
    chain.assertWritten(chain.at(1_000).claim("q", 1));
    assertThat(chain.upstream().resends()).as("a permanent failure is no lost answer").isZero();
  }

  @Test
  void failureOfAnotherGeneration_forbidsNothing_andCountsNothing() {
    Failure old = new Failure(FailureKind.AMBIGUOUS, 0, 1, START, START + 9_000);
    chain.with(row -> row.draft().failure(old).row());
    chain.assertWritten(chain.claim("p", 1));
    assertThat(chain.upstream().resends()).isZero();
  }

  @Test
  void abandonedClaim_isAmbiguous_andTheResendIsCounted() {
    chain.claim("p", 1);
    chain.assertWritten(chain.at(40_000).abandon("p", START + 50_000));
    assertThat(chain.row().claim()).isNull();
    assertThat(chain.row().failure())
        .isEqualTo(new Failure(FailureKind.AMBIGUOUS, 1, 1, START + 40_000, START + 50_000));
    assertThat(chain.upstream().refreshToken()).isEqualTo("refresh-1");
    assertThat(chain.upstream().resends()).isZero();
    chain.assertUnchanged(chain.at(49_999).claim("q", 1), new FetchAnswer.Forbidden(chain.row()));
    chain.assertWritten(chain.at(50_000).claim("q", 1));
    assertThat(chain.upstream().resends()).isEqualTo(1);
    assertThat(chain.row().failure()).as("kept until something is stored").isNotNull();
  }

  @Test
  void secondAbandonment_isCounted_fromTheFirst() {
    chain.claim("p", 1);
    chain.abandon("p", START);
    chain.at(1_000).claim("q", 1);
    chain.at(2_000).abandon("q", START + 9_000);
    assertThat(chain.row().failure())
        .isEqualTo(new Failure(FailureKind.AMBIGUOUS, 1, 2, START, START + 9_000));
    chain.at(9_000).claim("p2", 1);
    assertThat(chain.upstream().resends()).isEqualTo(2);
  }

  @Test
  void onlyTheClaimThatWasWatched_isAbandoned() {
    chain.claim("p", 1);
    chain.assertUnchanged(chain.abandon("q", 0), new FetchAnswer.Moved(chain.row()));
    chain.fail(1, "p", FailureKind.TRANSIENT, 0);
    chain.assertUnchanged(chain.abandon("p", 0), new FetchAnswer.Moved(chain.row()));
  }

  @Test
  void claimOnAChainThatIsOver_isOnlyCleared() {
    chain.claim("p", 1);
    chain.close();
    assertThat(chain.row().claim()).isNotNull();
    chain.assertWritten(chain.abandon("p", START));
    assertThat(chain.row().claim()).isNull();
    assertThat(chain.row().failure()).isNull();
  }

  @Test
  void claimOnASuspendedChain_isAbandonedAsOnAnActiveOne() {
    chain.claim("p", 1);
    chain.suspend();
    assertThat(chain.row().claim()).isNotNull();
    chain.assertWritten(chain.abandon("p", START));
    assertThat(chain.row().failure()).isNotNull();
  }

  @Test
  void claimOfAnOlderGeneration_saysNothingAboutThisOne() {
    Claim stale = new Claim("p", "p", 0);
    chain.with(row -> row.draft().claim(stale).row());
    chain.abandon("p", START);
    assertThat(chain.row().claim()).isNull();
    assertThat(chain.row().failure()).isNull();
  }

  @Test
  void openedChain_canBeClaimed_beforeItHasAToken() {
    FetchedFixture opened = FetchedFixture.open();
    opened.assertWritten(opened.claim("p", 0));
    opened.assertWritten(opened.store(0, "p", tokens("1", START)));
    assertThat(opened.row().generation()).isEqualTo(1);
  }

  @Test
  void clearingTheFailure_allowsTheNextAttempt_andCountsTheResend() {
    chain.claim("p", 1);
    chain.abandon("p", Long.MAX_VALUE);
    chain.assertUnchanged(chain.claim("q", 1), new FetchAnswer.Forbidden(chain.row()));
    chain.assertUnchanged(chain.clearFailure(0), new FetchAnswer.Moved(chain.row()));
    chain.assertWritten(chain.clearFailure(1));
    assertThat(chain.row().failure()).isNull();
    assertThat(chain.upstream().resends()).isEqualTo(1);
    chain.assertUnchanged(chain.clearFailure(1), new FetchAnswer.Moved(chain.row()));
    chain.assertWritten(chain.claim("q", 1));
    assertThat(chain.upstream().resends()).isEqualTo(1);
  }

  @Test
  void clearingAPermanentFailure_isNoResend() {
    chain.fail(1, null, FailureKind.PERMANENT, Long.MAX_VALUE);
    chain.clearFailure(1);
    assertThat(chain.row().failure()).isNull();
    assertThat(chain.upstream().resends()).isZero();
  }

  @Test
  void clearingTheFailureOfAChainThatIsOver_leavesItOver() {
    chain.claim("p", 1);
    chain.abandon("p", Long.MAX_VALUE);
    chain.close();
    chain.assertWritten(chain.clearFailure(1));
    assertThat(chain.row().upstream()).isEqualTo(chain.upstream().ended());
    assertThat(chain.row().failure()).isNull();
  }
}
