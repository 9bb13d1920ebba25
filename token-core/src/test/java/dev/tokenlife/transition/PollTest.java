package dev.tokenlife.transition;

import static dev.tokenlife.transition.ChainFixture.START;
import static dev.tokenlife.transition.ChainFixture.since;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.PreviousToken;
import dev.tokenlife.model.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T1 and T2. */
class PollTest {
  private final ChainFixture chain = ChainFixture.open(Rules.screen().build());

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 5_000, 9_999})
  void liveToken_isTheSameEveryTime_andNothingIsWritten(long at) {
    ChainRow before = chain.row();
    chain.assertDone(chain.at(at).poll("anna"));
    assertThat(chain.wrote()).isFalse();
    assertThat(chain.row()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(longs = {10_000, 10_001, 12_999})
  void dueToken_isRotated_andTheOldOneOverlaps(long at) {
    chain.assertDone(chain.at(at).poll("anna"));
    assertThat(chain.wrote()).isTrue();
    assertThat(chain.current())
        .isEqualTo(new CurrentToken(2, 0, START + at, START + at + 13_000, 7));
    assertThat(chain.previous())
        .isEqualTo(
            new PreviousToken(
                1,
                0,
                7,
                START + 13_000,
                START + at,
                PreviousToken.Reason.ROTATED,
                null,
                null,
                START + Math.min(at + 3_000, 13_000),
                0));
    assertThat(chain.row().position().rotationCount()).isEqualTo(1);
    assertThat(chain.row().position().lastRotation()).isEqualTo(START + at);
    assertThat(chain.companions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {13_000, 13_001, 3_600_000})
  void expiredToken_isRotated_withoutAnOverlap(long at) {
    chain.assertDone(chain.at(at).poll("anna"));
    assertThat(chain.previous().graceUntil()).isLessThanOrEqualTo(START + at);
  }

  @Test
  void withoutEarlyRotation_theTokenLivesToItsExpiry_andNotThrough() {
    ChainFixture plain = ChainFixture.open(Rules.plain().build());
    plain.at(9_999).poll("anna");
    assertThat(plain.wrote()).isFalse();
    plain.at(10_000).poll("anna");
    assertThat(plain.wrote()).isTrue();
    assertThat(plain.current().generation()).isEqualTo(2);
  }

  @Test
  void overlap_neverOutlivesTheTokenItself() {
    ChainFixture late = ChainFixture.open(Rules.screen().build());
    late.at(12_000).poll("anna");
    assertThat(since(late.previous().graceUntil())).isEqualTo(13_000);
  }

  @Test
  void rotation_countsAsUse_butASightOfTheLiveTokenDoesNot() {
    chain.at(5_000).poll("anna");
    assertThat(since(chain.row().control().lastUse())).isZero();
    chain.at(10_000).poll("anna");
    assertThat(since(chain.row().control().lastUse())).isEqualTo(10_000);
    assertThat(since(chain.row().control().lastAt())).isEqualTo(10_000);
  }

  @Test
  void anybodyElse_isRefused_atEveryTime() {
    chain.assertRefusedSilently(chain.poll("ben"), Refusal.NOT_HOLDER);
    chain.assertRefusedSilently(chain.at(10_000).poll("ben"), Refusal.NOT_HOLDER);
    chain.assertRefusedSilently(chain.at(20_000).poll("ben"), Refusal.NOT_HOLDER);
  }

  @Test
  void boundHolder_mustProveTheKey() {
    ChainFixture bound = ChainFixture.openBound(Rules.screen().build(), "key-a");
    bound.assertRefusedSilently(bound.poll("anna"), Refusal.NOT_HOLDER);
    bound.assertRefusedSilently(bound.poll("anna", "key-b"), Refusal.NOT_HOLDER);
    bound.assertDone(bound.poll("anna", "key-a"));
  }

  @Test
  void unboundHolder_mayProveAnyKey() {
    chain.assertDone(chain.poll("anna", "key-b"));
  }

  @Test
  void twoPollsOfOneDueRow_mintOneGeneration_andBothGetIt() {
    chain.at(10_000).poll("anna");
    chain.assertDone(chain.raceLost().poll("anna"));
    assertThat(chain.wrote()).isFalse();
    assertThat(chain.current().generation()).isEqualTo(2);
  }

  @Test
  void family_showsNoTokenToAName() {
    ChainFixture family = ChainFixture.open(Rules.family().build());
    family.assertRefusedSilently(family.poll("anna"), Refusal.NOT_ELIGIBLE);
    family.assertRefusedSilently(family.at(99_999).poll("anna"), Refusal.NOT_ELIGIBLE);
  }

  @Test
  void tokenThatReachesTheEnd_isNotRotated_andTheChainEndsWithIt() {
    ChainFixture ending =
        ChainFixture.open(Rules.screen().absoluteLife(Duration.ofSeconds(20)).build());
    ending.at(10_000).poll("anna");
    assertThat(since(ending.current().expiresAt())).isEqualTo(20_000);
    ending.assertDone(ending.at(19_999).poll("anna"));
    assertThat(ending.wrote()).isFalse();
    ending.assertRefusedSilently(ending.at(20_000).poll("anna"), Refusal.CHAIN_EXPIRED);
  }

  @Test
  void idleChain_expires_whenNothingWasUsedForThatLong() {
    ChainFixture idle =
        ChainFixture.open(Rules.screen().idleTimeout(Duration.ofSeconds(15)).build());
    idle.assertDone(idle.at(14_999).poll("anna"));
    idle.assertDone(idle.at(29_998).poll("anna"));
    idle.assertRefusedSilently(idle.at(44_998).poll("anna"), Refusal.CHAIN_EXPIRED);
  }

  @Test
  void whatIsAbsentOrFetched_isNotFound() {
    ChainFixture none = ChainFixture.nothing(Rules.screen().build());
    none.assertRefusedSilently(none.poll("anna"), Refusal.NOT_FOUND);
    chain.with(row -> row.draft().origin(fetched(row.origin())).row());
    chain.assertRefusedSilently(chain.poll("anna"), Refusal.NOT_FOUND);
  }

  private static ChainOrigin fetched(ChainOrigin o) {
    return new ChainOrigin(
        ChainKind.FETCHED,
        o.type(),
        o.policyId(),
        o.name(),
        o.createdAt(),
        o.openRequestId(),
        o.absoluteExpiresAt(),
        o.idleTimeout(),
        o.nonce());
  }
}
