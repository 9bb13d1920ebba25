package dev.tokenlife.transition;

import static dev.tokenlife.transition.ChainFixture.START;
import static dev.tokenlife.transition.ChainFixture.since;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChallengeRule;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows written by clocks ahead of this process's: up to 5 s near, beyond that far. */
class ClockTest {
  private static final long HOUR = 3_600_000;

  private final ChainFixture chain = ChainFixture.open(Rules.challenged().build());

  /** Rotated by a process whose clock is ahead. */
  private ChainFixture rotatedAt(long at) {
    chain.at(at).poll("anna");
    return chain;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 4_999, 5_000})
  void rowALittleAhead_isJudgedAtItsOwnTime(long behind) {
    rotatedAt(HOUR).at(HOUR - behind);
    chain.assertDone(chain.poll("anna"));
    assertThat(chain.wrote()).isFalse();
    chain.assertDone(chain.challenge(chain.token(), "ben", "c1"));
    assertThat(since(chain.slot().expiresAt())).isEqualTo(HOUR + 30_000);
    assertThat(since(chain.row().control().lastAt())).isEqualTo(HOUR);
  }

  @Test
  void rowALittleAhead_neverGoesBackInTime() {
    ChainFixture plain = ChainFixture.open(Rules.plain().build());
    plain.at(HOUR).poll("anna");
    plain.at(HOUR - 5_000).handOver(plain.token(), "ben");
    assertThat(plain.current().issuedAt()).isEqualTo(START + HOUR);
    assertThat(since(plain.row().control().lastAt())).isEqualTo(HOUR);
    assertThat(since(plain.previous().graceUntil())).isEqualTo(HOUR + 5_000);
  }

  @Test
  void expiryOfARowALittleAhead_isJudgedAtItsOwnTime() {
    ChainFixture ending =
        ChainFixture.open(Rules.plain().absoluteLife(Duration.ofSeconds(12)).build());
    ending.at(11_000).poll("anna");
    ending.with(row -> row.draft().control(lastAt(row.control(), START + 12_000)).row());
    ending.assertRefusedSilently(ending.at(11_500).poll("anna"), Refusal.CHAIN_EXPIRED);
  }

  @Test
  void rowFarAhead_isBusyForEveryToken_andNothingIsWritten() {
    Presented first = chain.token();
    rotatedAt(HOUR);
    Presented live = chain.token();
    chain.at(HOUR - 5_001);
    chain.assertRefusedSilently(chain.handOver(live, "ben"), Refusal.BUSY);
    chain.assertRefusedSilently(chain.handOver(first, "ben"), Refusal.BUSY);
    chain.assertRefusedSilently(chain.handOver(live, "anna"), Refusal.BUSY);
    chain.assertRefusedSilently(chain.challenge(live, "ben", "c1"), Refusal.BUSY);
    chain.assertRefusedSilently(chain.debit("c1", Actor.of("ben")), Refusal.BUSY);
    chain.assertRefusedSilently(chain.match("c1", Actor.of("ben")), Refusal.BUSY);
  }

  @Test
  void holderOfARowFarAhead_getsANewToken_atTheProcessesTime() {
    rotatedAt(HOUR).at(0);
    chain.assertDone(chain.poll("anna"));
    assertThat(chain.current()).isEqualTo(new CurrentToken(3, 0, START, START + 13_000, 7));
    assertThat(since(chain.row().control().lastAt())).isZero();
    assertThat(since(chain.row().control().lastUse())).isEqualTo(HOUR);
    assertThat(chain.previous().generation()).isEqualTo(2);
    assertThat(chain.previous().graceUntil()).as("no overlap").isZero();
    chain.assertRefusedSilently(chain.handOver(new Presented(2, 0), "ben"), Refusal.SUPERSEDED);
    chain.assertRefusedSilently(
        chain.at(HOUR).handOver(new Presented(2, 0), "ben"), Refusal.SUPERSEDED);
  }

  @Test
  void mintingOnARowFarAhead_clearsTheChallenges_andShortensTheLock() {
    rotatedAt(HOUR);
    chain.challenge(chain.token(), "ben", "c1");
    chain.with(row -> row.draft().budgets(new Budgets(4, 1, 2, START + HOUR + 300_000)).row());
    chain.at(0).poll("anna");
    assertThat(chain.row().challenges()).isEmpty();
    assertThat(chain.row().budgets()).isEqualTo(new Budgets(4, 1, 2, START + 300_000));
  }

  @Test
  void shortLock_isNotMadeLonger() {
    rotatedAt(HOUR);
    chain.with(row -> row.draft().budgets(new Budgets(0, 0, 0, START + 7)).row());
    chain.at(0).poll("anna");
    assertThat(chain.row().budgets().lockedUntil()).isEqualTo(START + 7);
  }

  @Test
  void lockOfAChainThatIsNotChallengedAnyMore_isShortenedToTheUsualTime() {
    ChainFixture plain = ChainFixture.open(Rules.screen().build());
    plain.at(HOUR).poll("anna");
    plain.with(row -> row.draft().budgets(new Budgets(0, 0, 0, START + 2 * HOUR)).row());
    plain.at(0).poll("anna");
    assertThat(since(plain.row().budgets().lockedUntil()))
        .isEqualTo(ChallengeRule.standard().lockTime().toMillis());
  }

  @Test
  void administrators_bringARowFarAheadBack_byTheirNewToken() {
    rotatedAt(HOUR);
    chain.challenge(chain.token(), "ben", "c1");
    chain.at(0).reassign("cora");
    assertThat(since(chain.row().control().lastAt())).isZero();
    chain.assertDone(chain.poll("cora", "key"));
    assertThat(chain.wrote()).isFalse();

    ChainFixture suspended = ChainFixture.open(Rules.screen().build());
    suspended.at(HOUR).suspend();
    suspended.at(0).suspend();
    assertThat(since(suspended.row().control().lastAt())).isEqualTo(HOUR);
    suspended.resume();
    assertThat(since(suspended.row().control().lastAt())).isZero();
    assertThat(suspended.current().issuedAt()).isEqualTo(START);
  }

  @Test
  void commandsThatMintNothing_leaveTheTimeAhead() {
    rotatedAt(HOUR).at(0).suspend();
    assertThat(since(chain.row().control().lastAt())).isEqualTo(HOUR);
    chain.close();
    assertThat(since(chain.row().control().lastAt())).isEqualTo(HOUR);
  }

  @Test
  void tokenThatReachesTheEnd_isRotatedAllTheSame_whereTheRowIsFarAhead() {
    ChainFixture ending =
        ChainFixture.open(Rules.screen().absoluteLife(Duration.ofMillis(HOUR + 5_000)).build());
    ending.at(HOUR).poll("anna");
    ending.at(0).poll("anna");
    assertThat(ending.current().generation()).isEqualTo(3);
  }

  private static ChainControl lastAt(ChainControl c, long at) {
    return new ChainControl(
        c.revision(), c.op(), c.adminRequestId(), c.state(), c.closeReason(), at, c.lastUse());
  }
}
