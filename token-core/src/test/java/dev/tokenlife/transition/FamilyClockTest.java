package dev.tokenlife.transition;

import static dev.tokenlife.transition.ChainFixture.START;
import static dev.tokenlife.transition.ChainFixture.since;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.Refusal;
import org.junit.jupiter.api.Test;

/** Families on rows written by a fast clock: nobody is punished for another machine's time. */
class FamilyClockTest {
  private static final long MINUTE = 60_000;

  private final ChainFixture chain = ChainFixture.open(Rules.family().build());
  private final Presented first = chain.token();

  /** Exchanged once by a process a minute ahead; now it is the opening's time again. */
  private Presented exchangedAhead() {
    chain.at(MINUTE).handOver(first, "anna");
    chain.at(0);
    return chain.token();
  }

  @Test
  void currentToken_isJudgedByItsOwnTime() {
    Presented second = exchangedAhead();
    chain.assertDone(chain.handOver(second, "anna"));
    assertThat(chain.current().issuedAt()).isEqualTo(START);
    assertThat(since(chain.row().control().lastAt())).isZero();
  }

  @Test
  void lostAnswer_isRepeated_byTheTimesTheFastClockWrote() {
    exchangedAhead();
    chain.assertRepeat(chain.handOver(first, "anna"));
    assertThat(since(chain.row().control().lastAt())).isEqualTo(MINUTE);
    assertThat(since(chain.row().control().lastUse())).isEqualTo(MINUTE);
  }

  @Test
  void oldToken_isBusy_andNobodyIsRevoked_whileTheRowIsFarAhead() {
    exchangedAhead();
    chain.assertRefusedSilently(chain.handOver(first, "eve"), Refusal.BUSY);
    for (int i = 0; i < 3; i++) {
      chain.assertRepeat(chain.handOver(first, "anna"));
    }
    chain.assertRefusedSilently(chain.handOver(first, "anna"), Refusal.BUSY);
    assertThat(chain.row().state()).isEqualTo(ChainState.ACTIVE);
  }

  @Test
  void exchangeThatBringsTheRowBack_isRepeatedToo_whenItsAnswerWasLost() {
    Presented second = exchangedAhead();
    chain.handOver(second, "anna");
    assertThat(since(chain.previous().graceUntil())).isEqualTo(20_000);
    chain.assertRepeat(chain.at(19_999).handOver(second, "anna"));
    assertThat(chain.row().state()).isEqualTo(ChainState.ACTIVE);
    assertThat(chain.at(20_000).handOver(second, "anna")).isInstanceOf(Answer.ReuseDetected.class);
  }

  @Test
  void tokenOfARowFarAhead_stillEnds() {
    chain.at(MINUTE).handOver(first, "anna");
    chain.with(
        row ->
            row.draft().current(new CurrentToken(2, 1, START + MINUTE, START + 10_000, 7)).row());
    chain.at(10_000);
    chain.assertRefusedSilently(chain.handOver(chain.token(), "anna"), Refusal.TOKEN_EXPIRED);
  }
}
