package dev.tokenlife.transition;

import static dev.tokenlife.transition.FetchedFixture.START;
import static dev.tokenlife.transition.FetchedFixture.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.Failure;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Upstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** T15, and what administrators do to fetched chains. */
class FailFetchTest {
  private final FetchedFixture chain = FetchedFixture.adopted();

  @ParameterizedTest
  @EnumSource(names = {"CONFIG", "THROTTLED", "TRANSIENT"})
  void passingFailure_clearsTheClaim_andLeavesNoTrace(FailureKind kind) {
    chain.claim("p", 1);
    Upstream before = chain.upstream();
    chain.assertWritten(chain.fail(1, "p", kind, START + 9));
    assertThat(chain.row().claim()).isNull();
    assertThat(chain.row().failure()).isNull();
    assertThat(chain.upstream()).isEqualTo(before);
    assertThat(chain.row().current()).isNotNull();
    chain.assertUnchanged(
        chain.fail(1, null, kind, START + 9), new FetchAnswer.Done(chain.row(), true));
  }

  @Test
  void permanentFailure_isKept_andTheAccessTokenIsDropped() {
    chain.claim("p", 1);
    chain.assertWritten(chain.at(10).fail(1, "p", FailureKind.PERMANENT, START + 99));
    assertThat(chain.row().failure())
        .isEqualTo(new Failure(FailureKind.PERMANENT, 1, 1, START + 10, START + 99));
    assertThat(chain.row().claim()).isNull();
    assertThat(chain.row().current()).isNull();
    assertThat(chain.upstream().accessToken()).isNull();
    assertThat(chain.upstream().refreshToken()).isEqualTo("refresh-1");
    assertThat(chain.row().generation()).isEqualTo(1);
  }

  @Test
  void ambiguousFailure_isKept_andTheAccessTokenStays() {
    chain.claim("p", 1);
    chain.fail(1, "p", FailureKind.AMBIGUOUS, START + 99);
    assertThat(chain.row().failure())
        .isEqualTo(new Failure(FailureKind.AMBIGUOUS, 1, 1, START, START + 99));
    assertThat(chain.row().current()).isNotNull();
  }

  @Test
  void failures_areCountedInARow_andFromTheFirst() {
    chain.fail(1, null, FailureKind.PERMANENT, START);
    chain.at(10).fail(1, null, FailureKind.PERMANENT, START + 20);
    assertThat(chain.row().failure())
        .isEqualTo(new Failure(FailureKind.PERMANENT, 1, 2, START, START + 20));
    chain.fail(1, null, FailureKind.AMBIGUOUS, START + 30);
    assertThat(chain.row().failure())
        .isEqualTo(new Failure(FailureKind.AMBIGUOUS, 1, 1, START + 10, START + 30));
  }

  @Test
  void failureOfAnotherGeneration_isNotContinued() {
    Failure old = new Failure(FailureKind.PERMANENT, 0, 5, 3, 4);
    chain.with(row -> row.draft().failure(old).row());
    chain.fail(1, null, FailureKind.PERMANENT, START);
    assertThat(chain.row().failure())
        .isEqualTo(new Failure(FailureKind.PERMANENT, 1, 1, START, START));
  }

  @Test
  void failureOfALostClaim_saysNothing() {
    chain.claim("p", 1);
    chain.abandon("p", START + 9);
    chain.assertUnchanged(
        chain.fail(1, "p", FailureKind.PERMANENT, 0), new FetchAnswer.Done(chain.row(), true));
    chain.at(9).claim("q", 1);
    chain.assertUnchanged(
        chain.fail(1, "p", FailureKind.PERMANENT, 0), new FetchAnswer.Done(chain.row(), true));
    chain.assertUnchanged(
        chain.fail(1, null, FailureKind.PERMANENT, 0), new FetchAnswer.Done(chain.row(), true));
    assertThat(chain.row().claim()).isNotNull();
  }

  @Test
  void failureOfAnOldGeneration_isMoved() {
    chain.store(1, null, tokens("2", START));
    chain.assertUnchanged(
        chain.fail(1, null, FailureKind.PERMANENT, 0), new FetchAnswer.Moved(chain.row()));
    chain.assertUnchanged(
        chain.fail(1, null, FailureKind.TRANSIENT, 0), new FetchAnswer.Moved(chain.row()));
    assertThat(chain.upstream().accessToken()).isEqualTo("access-2");
  }

  @Test
  void claimOfAnotherGeneration_isClearedWithoutAFailure() {
    chain.claim("p", 1);
    chain.assertWritten(chain.fail(0, "p", FailureKind.PERMANENT, 0));
    assertThat(chain.row().claim()).isNull();
    assertThat(chain.row().failure()).isNull();
    assertThat(chain.upstream().accessToken()).isNotNull();
  }

  @Test
  void chainThatIsOver_losesItsClaim_andGetsNoFailure() {
    chain.claim("p", 1);
    chain.close();
    chain.assertWritten(chain.fail(1, "p", FailureKind.PERMANENT, 0));
    assertThat(chain.row().claim()).isNull();
    assertThat(chain.row().failure()).isNull();
    chain.assertUnchanged(
        chain.fail(1, null, FailureKind.PERMANENT, 0), new FetchAnswer.Done(chain.row(), true));
  }

  @Test
  void rejectedToken_isDropped_ifItIsStillTheChains() {
    chain.assertWritten(chain.invalidate(1));
    assertThat(chain.row().current()).isNull();
    assertThat(chain.upstream().accessToken()).isNull();
    assertThat(chain.upstream().refreshToken()).isEqualTo("refresh-1");
    chain.assertUnchanged(chain.invalidate(1), new FetchAnswer.Done(chain.row(), true));
    chain.store(1, null, tokens("2", START));
    chain.assertUnchanged(chain.invalidate(1), new FetchAnswer.Moved(chain.row()));
    chain.close();
    chain.assertUnchanged(chain.invalidate(2), new FetchAnswer.Moved(chain.row()));
  }

  @Test
  void suspension_keepsEverything_andResumingDropsTheAccessTokenAlone() {
    chain.claim("p", 1);
    chain.suspend();
    assertThat(chain.row().state()).isEqualTo(ChainState.SUSPENDED);
    assertThat(chain.row().claim()).isNotNull();
    assertThat(chain.upstream().accessToken()).isEqualTo("access-1");
    chain.resume();
    assertThat(chain.row().state()).isEqualTo(ChainState.ACTIVE);
    assertThat(chain.row().claim()).isNotNull();
    assertThat(chain.row().current()).isNull();
    assertThat(chain.upstream().accessToken()).isNull();
    assertThat(chain.upstream().refreshToken()).isEqualTo("refresh-1");
    assertThat(chain.row().generation()).isEqualTo(1);
  }

  @Test
  void close_erasesTheUpstream_andKeepsTheClaim() {
    chain.claim("p", 1);
    chain.close();
    assertThat(chain.row().state()).isEqualTo(ChainState.CLOSED);
    assertThat(chain.upstream())
        .isEqualTo(
            new Upstream("grant-1", null, null, "Bearer", "", null, START + 1_800_000, 0, 0));
    assertThat(chain.row().claim()).isNotNull();
    assertThat(chain.row().control().closeReason()).isEqualTo("because");
  }
}
