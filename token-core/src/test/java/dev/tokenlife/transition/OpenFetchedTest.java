package dev.tokenlife.transition;

import static dev.tokenlife.transition.FetchedFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Position;
import dev.tokenlife.model.Upstream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** T0 for fetched chains. */
class OpenFetchedTest {
  @Test
  void firstRead_opensTheChain_withoutAToken() {
    FetchedFixture chain = FetchedFixture.nothing();
    chain.assertWritten(chain.open("nonce"));
    assertThat(chain.row())
        .isEqualTo(
            new ChainRow(
                FetchedFixture.KEY,
                new ChainOrigin(
                    ChainKind.FETCHED,
                    "spotify",
                    "fetched",
                    null,
                    START,
                    "",
                    Long.MAX_VALUE,
                    null,
                    "nonce"),
                new ChainControl(1, "op-1", null, ChainState.ACTIVE, null, START, START),
                new Position(0, 0, null, null, null, 0),
                null,
                null,
                new Upstream("", null, null, "Bearer", "", null, START, 0, 0),
                null,
                null,
                List.of(),
                Budgets.NONE));
  }

  @Test
  void losingTheInsert_isSuccess() {
    FetchedFixture chain = FetchedFixture.open();
    chain.assertUnchanged(chain.open("other"), new FetchAnswer.Done(chain.row(), true));
  }

  @Test
  void issuedChainOfThatName_isNoFetchedOne() {
    ChainFixture issued = ChainFixture.open(Rules.plain().build());
    Evaluation evaluation = Evaluation.first("op", START);
    assertThat(FetchedFixture.OPEN.decide(issued.row(), evaluation))
        .isEqualTo(Decision.answer(new FetchAnswer.Absent()));
    assertThat(new ClaimSource(1, null).decide(issued.row(), evaluation))
        .isEqualTo(Decision.answer(new FetchAnswer.Absent()));
    assertThat(
            new Adopt(FetchedFixture.OPEN, "grant", FetchedFixture.tokens("1", START))
                .decide(issued.row(), evaluation))
        .isEqualTo(Decision.answer(new FetchAnswer.Absent()));
  }

  @Test
  void everyOtherCommandOnNothing_isAbsent() {
    FetchedFixture chain = FetchedFixture.nothing();
    FetchAnswer absent = new FetchAnswer.Absent();
    chain.assertUnchanged(chain.claim("p", 0), absent);
    chain.assertUnchanged(chain.mayCall(0), absent);
    chain.assertUnchanged(chain.store(0, null, FetchedFixture.tokens("1", START)), absent);
    chain.assertUnchanged(chain.fail(0, null, FailureKind.PERMANENT, 0), absent);
    chain.assertUnchanged(chain.abandon("p", 0), absent);
    chain.assertUnchanged(chain.invalidate(0), absent);
    chain.assertUnchanged(chain.clearFailure(0), absent);
  }
}
