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

/** T13: a result is stored if it is still the answer to the row's question. */
class StoreFetchedTest {
  private final FetchedFixture chain = FetchedFixture.adopted();

  @Test
  void result_replacesTheUpstreamAsAWhole_andClearsTheClaim() {
    chain.claim("p", 1);
    chain.assertWritten(chain.at(5_000).store(1, "p", tokens("2", START + 4_000)));
    assertThat(chain.upstream())
        .isEqualTo(
            new Upstream(
                "grant-1",
                "access-2",
                "refresh-2",
                "Bearer",
                "read",
                "more-2",
                START + 1_804_000,
                0,
                77));
    assertThat(chain.row().current())
        .isEqualTo(new CurrentToken(2, 0, START + 4_000, START + 3_604_000, 0));
    assertThat(chain.row().position())
        .isEqualTo(new Position(0, 2, null, null, null, START + 4_000));
    assertThat(chain.row().claim()).isNull();
    assertThat(chain.row().control().lastAt()).isEqualTo(START + 5_000);
  }

  @Test
  void whatTheSourceLeftOut_isKept() {
    chain.store(1, null, new NewTokens("access-2", null, "DPoP", null, null, START, START, START));
    assertThat(chain.upstream())
        .isEqualTo(
            new Upstream(
                "grant-1", "access-2", "refresh-1", "DPoP", "read", "more-1", START, 0, 77));
  }

  @Test
  void resends_stayCounted() {
    chain.claim("p", 1);
    chain.abandon("p", START);
    chain.claim("q", 1);
    chain.store(1, "q", tokens("2", START));
    assertThat(chain.upstream().resends()).isEqualTo(1);
    assertThat(chain.row().failure()).isNull();
  }

  @Test
  void lateResult_neverOverwrites() {
    chain.claim("p", 1);
    chain.abandon("p", START);
    chain.claim("q", 1);
    chain.store(1, "q", tokens("2", START));
    chain.assertUnchanged(
        chain.store(1, "p", tokens("x", START)), new FetchAnswer.Moved(chain.row()));
    assertThat(chain.upstream().refreshToken()).isEqualTo("refresh-2");
  }

  @Test
  void resultOfAnAbandonedClaim_isStored_whileNobodyElseHasClaimed() {
    chain.claim("p", 1);
    chain.abandon("p", START + 9_000);
    chain.assertWritten(chain.store(1, "p", tokens("2", START)));
    assertThat(chain.row().failure()).isNull();
    assertThat(chain.row().generation()).isEqualTo(2);
  }

  @Test
  void resultOfAnAbandonedClaim_waits_whileAnotherIsSet() {
    chain.claim("p", 1);
    chain.abandon("p", START);
    chain.claim("q", 1);
    chain.assertUnchanged(
        chain.store(1, "p", tokens("2", START)), new FetchAnswer.ClaimedByOther(chain.row()));
    chain.fail(1, "q", FailureKind.TRANSIENT, START);
    chain.assertWritten(chain.store(1, "p", tokens("2", START)));
  }

  @Test
  void resultWithoutAClaim_waits_whileOneIsSet() {
    chain.claim("p", 1);
    chain.assertUnchanged(
        chain.store(1, null, tokens("2", START)), new FetchAnswer.ClaimedByOther(chain.row()));
  }

  @Test
  void suspendedChain_keepsTheResult_andStaysSuspended() {
    chain.claim("p", 1);
    chain.suspend();
    chain.assertWritten(chain.store(1, "p", tokens("2", START)));
    assertThat(chain.row().state()).isEqualTo(ChainState.SUSPENDED);
    assertThat(chain.upstream().refreshToken()).isEqualTo("refresh-2");
  }

  @Test
  void chainThatIsOver_discardsTheResult_andClearsTheClaim() {
    chain.claim("p", 1);
    chain.close();
    assertThat(chain.store(1, "p", tokens("2", START)))
        .isEqualTo(new FetchAnswer.NotActive(chain.row()));
    assertThat(chain.wrote()).isTrue();
    assertThat(chain.row().claim()).isNull();
    assertThat(chain.row().upstream()).isEqualTo(chain.upstream().ended());
    assertThat(chain.row().generation()).isEqualTo(1);
    chain.assertUnchanged(
        chain.store(1, "p", tokens("2", START)), new FetchAnswer.NotActive(chain.row()));
  }

  @Test
  void chainThatIsOver_keepsTheClaimOfAnother() {
    chain.claim("p", 1);
    chain.close();
    chain.assertUnchanged(
        chain.store(1, "q", tokens("2", START)), new FetchAnswer.NotActive(chain.row()));
    assertThat(chain.row().claim()).isNotNull();
  }

  @Test
  void rowFarAhead_comesBackToTheProcessesTime_withItsNewToken() {
    chain.at(3_600_000).invalidate(1);
    chain.at(0).claim("p", 1);
    assertThat(chain.row().control().lastAt()).isEqualTo(START + 3_600_000);
    chain.store(1, "p", tokens("2", START));
    assertThat(chain.row().control().lastAt()).isEqualTo(START);
  }

  @Test
  void rowALittleAhead_keepsItsTime() {
    chain.at(5_000).invalidate(1);
    chain.at(0).store(1, null, tokens("2", START));
    assertThat(chain.row().control().lastAt()).isEqualTo(START + 5_000);
  }
}
