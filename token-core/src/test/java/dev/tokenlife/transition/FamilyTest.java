package dev.tokenlife.transition;

import static dev.tokenlife.transition.ChainFixture.START;
import static dev.tokenlife.transition.ChainFixture.since;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.ActorRule;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.ChallengeRule;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.Position;
import dev.tokenlife.model.PreviousToken;
import dev.tokenlife.model.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** T3 and T4 with the actor rule SELF: refresh-token families. */
class FamilyTest {
  private final ChainFixture chain = ChainFixture.open(Rules.family().build());
  private final Presented token = chain.token();

  @Test
  void holder_exchangesItsToken_andNoCompanionChanges() {
    chain.assertDone(chain.at(1_000).handOver(token, "anna"));
    assertThat(chain.current())
        .isEqualTo(new CurrentToken(2, 1, START + 1_000, START + 101_000, 7));
    assertThat(chain.row().position())
        .isEqualTo(new Position(1, 2, "anna", "anna", null, START + 1_000));
    assertThat(since(chain.previous().graceUntil())).isEqualTo(21_000);
    assertThat(chain.companions()).isEmpty();
  }

  @Test
  void nobodyElse_mayExchangeIt() {
    chain.assertRefusedSilently(chain.handOver(token, "ben"), Refusal.NOT_HOLDER);
  }

  @Test
  void boundFamily_staysBoundToItsKey() {
    ChainFixture bound = ChainFixture.openBound(Rules.family().build(), "key-a");
    Actor anna = new Actor("anna", "key-a", null, -1, true);
    bound.assertRefusedSilently(bound.handOver(token, "anna"), Refusal.NOT_HOLDER);
    bound.assertRefusedSilently(
        bound.handOver(token, new Actor("ben", "key-a", null, -1, true)), Refusal.NOT_HOLDER);
    bound.assertDone(bound.handOver(token, anna));
    assertThat(bound.row().position().holderKey()).isEqualTo("key-a");
    bound.assertRepeat(bound.handOver(token, anna));
  }

  @Test
  void unboundFamily_isNotBoundByAnExchange() {
    chain.handOver(token, new Actor("anna", "key-x", null, -1, true));
    assertThat(chain.row().position().holderKey()).isNull();
  }

  @Test
  void lostAnswer_isRepeated_inTimeAndCount() {
    chain.handOver(token, "anna");
    for (int i = 0; i < 3; i++) {
      chain.assertRepeat(chain.at(19_999).handOver(token, "anna"));
    }
    assertThat(chain.handOver(token, "anna")).isInstanceOf(Answer.ReuseDetected.class);
  }

  @Test
  void familyEnds_whenItsTokenDoes_orAbsolutely() {
    chain.assertRefusedSilently(chain.at(100_000).handOver(token, "anna"), Refusal.CHAIN_EXPIRED);
    chain.at(0);
    for (long at = 99_000; at < 1_000_000; at += 99_000) {
      chain.assertDone(chain.at(at).handOver(chain.token(), "anna"));
    }
    assertThat(since(chain.current().expiresAt())).isEqualTo(1_000_000);
    chain.assertRefusedSilently(
        chain.at(1_000_000).handOver(chain.token(), "anna"), Refusal.CHAIN_EXPIRED);
  }

  @Test
  void suspendedFamily_keepsItsTokens_overAResume() {
    chain.handOver(token, "anna");
    Presented current = chain.token();
    PreviousToken previous = chain.previous();
    chain.suspend();
    chain.assertRefusedSilently(chain.handOver(current, "anna"), Refusal.SUSPENDED);
    chain.resume();
    assertThat(chain.token()).isEqualTo(current);
    assertThat(chain.previous()).isEqualTo(previous);
    chain.assertRepeat(chain.handOver(token, "anna"));
    chain.assertDone(chain.handOver(current, "anna"));
  }

  @Test
  void withoutRotation_theTokenStays_andItsUseIsNotedNowAndThen() {
    ChainFixture fixed = ChainFixture.open(Rules.family().rotation(false).build());
    fixed.assertDone(fixed.at(9_999).handOver(token, "anna"));
    assertThat(fixed.wrote()).isFalse();
    fixed.assertDone(fixed.at(10_000).handOver(token, "anna"));
    assertThat(fixed.wrote()).isTrue();
    assertThat(since(fixed.row().control().lastUse())).isEqualTo(10_000);
    assertThat(fixed.token()).isEqualTo(token);
    assertThat(fixed.companions()).isEmpty();
    fixed.assertDone(fixed.at(19_999).handOver(token, "anna"));
    assertThat(fixed.wrote()).isFalse();
    fixed.assertRefusedSilently(fixed.at(100_000).handOver(token, "anna"), Refusal.TOKEN_EXPIRED);
  }

  @Test
  void withoutRotationOrIdleLimit_nothingIsEverWritten() {
    ChainFixture fixed =
        ChainFixture.open(
            ChainPolicy.builder("fixed", Duration.ofSeconds(100))
                .actorRule(ActorRule.SELF)
                .rotation(false)
                .build());
    fixed.assertDone(fixed.at(99_999).handOver(token, "anna"));
    assertThat(fixed.wrote()).isFalse();
  }

  @Test
  void revokedFamily_staysRevoked() {
    chain.revoke();
    chain.assertRefusedSilently(chain.handOver(token, "anna"), Refusal.REVOKED);
    chain.assertRefusedSilently(chain.resume(), Refusal.REVOKED);
    assertThat(chain.row().state()).isEqualTo(ChainState.REVOKED);
  }

  @Test
  void family_cannotBeChallenged_sinceNobodyCouldShowTheCode() {
    assertThatThrownBy(() -> Rules.family().challenge(ChallengeRule.standard()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("challenge");
  }
}
