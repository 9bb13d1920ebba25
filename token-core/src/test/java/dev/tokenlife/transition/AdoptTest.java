package dev.tokenlife.transition;

import static dev.tokenlife.transition.FetchedFixture.START;
import static dev.tokenlife.transition.FetchedFixture.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Position;
import dev.tokenlife.model.Upstream;
import org.junit.jupiter.api.Test;

/** T14: the person signed in again. */
class AdoptTest {
  private final FetchedFixture chain = FetchedFixture.adopted();

  @Test
  void signIn_opensTheChain_atItsFirstGeneration() {
    assertThat(chain.row().position()).isEqualTo(new Position(0, 1, null, null, null, START));
    assertThat(chain.row().current())
        .isEqualTo(new CurrentToken(1, 0, START, START + 3_600_000, 0));
    assertThat(chain.row().control().revision()).isEqualTo(1);
    assertThat(chain.upstream())
        .isEqualTo(
            new Upstream(
                "grant-1",
                "access-1",
                "refresh-1",
                "Bearer",
                "read",
                "more-1",
                START + 1_800_000,
                0,
                0));
  }

  @Test
  void signInOnAChainOpenedByARead_takesItOver() {
    FetchedFixture opened = FetchedFixture.open();
    opened.assertWritten(opened.at(10).adopt("grant-1", tokens("1", START)));
    assertThat(opened.row().generation()).isEqualTo(1);
    assertThat(opened.row().control().lastUse()).isEqualTo(START + 10);
  }

  @Test
  void sameSignInAgain_changesNothing() {
    chain.assertUnchanged(
        chain.adopt("grant-1", tokens("9", START)), new FetchAnswer.Done(chain.row(), true));
    chain.store(1, null, tokens("2", START));
    chain.assertUnchanged(
        chain.adopt("grant-1", tokens("9", START)), new FetchAnswer.Done(chain.row(), true));
  }

  @Test
  void anotherSignIn_replacesEverything() {
    chain.claim("p", 1);
    chain.abandon("p", Long.MAX_VALUE);
    chain.clearFailure(1);
    chain.fail(1, null, FailureKind.PERMANENT, Long.MAX_VALUE);
    chain.assertWritten(
        chain.adopt(
            "grant-2", new NewTokens(null, "refresh-2", "Bearer", null, null, START, 0, START)));
    assertThat(chain.upstream())
        .isEqualTo(new Upstream("grant-2", null, "refresh-2", "Bearer", "", null, START, 0, 0));
    assertThat(chain.row().failure()).isNull();
    assertThat(chain.row().current()).isNull();
    assertThat(chain.row().generation()).isEqualTo(2);
  }

  @Test
  void signIn_endsASuspension_andOpensAChainThatWasOver() {
    chain.suspend();
    chain.adopt("grant-2", tokens("2", START));
    assertThat(chain.row().state()).isEqualTo(ChainState.ACTIVE);
    chain.close();
    chain.assertWritten(chain.adopt("grant-3", tokens("3", START)));
    assertThat(chain.row().state()).isEqualTo(ChainState.ACTIVE);
    assertThat(chain.row().control().closeReason()).isNull();
    assertThat(chain.row().generation()).isEqualTo(3);
  }

  @Test
  void signInRepeatedLate_doesNotOpenAChainThatWasEnded() {
    chain.close();
    chain.assertUnchanged(
        chain.adopt("grant-1", tokens("1", START)), new FetchAnswer.Done(chain.row(), true));
    assertThat(chain.row().state()).isEqualTo(ChainState.CLOSED);
    chain.assertWritten(chain.adopt("grant-2", tokens("2", START)));
    chain.close();
    chain.assertUnchanged(
        chain.adopt("grant-2", tokens("2", START)), new FetchAnswer.Done(chain.row(), true));
  }

  @Test
  void lateResultOfTheOldGrant_findsAnotherGeneration() {
    chain.claim("p", 1);
    chain.adopt("grant-2", tokens("2", START));
    assertThat(chain.row().claim()).isNull();
    chain.assertUnchanged(
        chain.store(1, "p", tokens("x", START)), new FetchAnswer.Moved(chain.row()));
    chain.assertUnchanged(
        chain.fail(1, "p", FailureKind.PERMANENT, 0), new FetchAnswer.Moved(chain.row()));
    assertThat(chain.upstream().accessToken()).isEqualTo("access-2");
  }

  @Test
  void lateResult_afterCloseAndAnotherSignIn_isMovedToo() {
    chain.claim("p", 1);
    chain.close();
    chain.adopt("grant-2", tokens("2", START));
    chain.assertUnchanged(
        chain.store(1, "p", tokens("x", START)), new FetchAnswer.Moved(chain.row()));
  }

  @Test
  void rowFarAhead_comesBackToTheProcessesTime() {
    chain.at(3_600_000).invalidate(1);
    chain.at(0).adopt("grant-2", tokens("2", START));
    assertThat(chain.row().control().lastAt()).isEqualTo(START);
    assertThat(chain.row().control().lastUse()).isEqualTo(START);
  }
}
