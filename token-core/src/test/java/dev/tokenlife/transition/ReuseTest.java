package dev.tokenlife.transition;

import static dev.tokenlife.transition.ChainFixture.KEY;
import static dev.tokenlife.transition.ChainFixture.since;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.ChainPolicyBuilder;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.model.ReusePolicy;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import org.junit.jupiter.api.Test;

/** T6: a consumed token is used again. */
class ReuseTest {
  private static final Presented OLD = new Presented(1, 0);

  private static ChainFixture consumed(ChainPolicyBuilder rules) {
    ChainFixture chain = ChainFixture.open(rules.build());
    chain.handOver(chain.token(), "ben");
    return chain.after(1_000);
  }

  private static ChainFixture consumedFamily(ReusePolicy reuse) {
    ChainFixture chain = ChainFixture.open(Rules.family().reuse(reuse).build());
    chain.handOver(chain.token(), "anna");
    return chain.after(30_000);
  }

  @Test
  void rejecting_refusesAndCountsNothing() {
    ChainFixture chain = consumed(Rules.screen());
    chain.assertRefusedSilently(chain.handOver(OLD, "cora"), Refusal.ALREADY_CONSUMED);
  }

  @Test
  void suspending_countsAndActsAtItsCount() {
    ChainFixture chain = consumed(Rules.screen().reuse(ReusePolicy.suspendAfter(2)));
    assertThat(chain.handOver(OLD, "cora")).isEqualTo(new Answer.ReuseDetected(chain.row()));
    assertThat(chain.row().state()).isEqualTo(ChainState.ACTIVE);
    assertThat(chain.row().budgets()).isEqualTo(new Budgets(0, 0, 1, 0));
    assertThat(since(chain.row().control().lastUse())).isZero();
    assertThat(since(chain.row().control().lastAt())).isEqualTo(1_000);
    assertThat(chain.handOver(OLD, "cora")).isEqualTo(new Answer.ReuseDetected(chain.row()));
    assertThat(chain.row().state()).isEqualTo(ChainState.SUSPENDED);
    assertThat(chain.row().budgets().reuseCount()).isEqualTo(2);
    assertThat(chain.row().control().closeReason()).isNull();
    assertThat(chain.row().current()).isNotNull();
    assertThat(chain.companions()).isEmpty();
    chain.assertRefusedSilently(chain.handOver(OLD, "cora"), Refusal.SUSPENDED);
  }

  @Test
  void revoking_endsTheFamily() {
    ChainFixture chain = consumedFamily(ReusePolicy.revoke());
    assertThat(chain.handOver(OLD, "anna")).isEqualTo(new Answer.ReuseDetected(chain.row()));
    assertThat(chain.row().state()).isEqualTo(ChainState.REVOKED);
    assertThat(chain.row().control().closeReason()).isEqualTo("reuse of a consumed token");
    assertThat(chain.companions())
        .containsExactly(CompanionChange.delete(Companion.holderIndex("anna", KEY)));
    chain.assertRefusedSilently(chain.handOver(OLD, "anna"), Refusal.REVOKED);
  }

  @Test
  void thief_isDetected_whoeverItSaysItIs() {
    ChainFixture chain = consumedFamily(ReusePolicy.revoke());
    assertThat(chain.handOver(OLD, "eve")).isInstanceOf(Answer.ReuseDetected.class);
    assertThat(chain.row().state()).isEqualTo(ChainState.REVOKED);
  }

  @Test
  void thief_insideTheGrace_isDetectedToo() {
    ChainFixture chain = ChainFixture.open(Rules.family().build());
    chain.handOver(chain.token(), "anna");
    assertThat(chain.handOver(OLD, "eve")).isInstanceOf(Answer.ReuseDetected.class);
  }

  @Test
  void olderTokensThanThePreviousOne_areReuseToo() {
    ChainFixture chain = consumedFamily(ReusePolicy.suspendAfter(1));
    chain.handOver(chain.token(), "anna");
    assertThat(chain.handOver(OLD, "anna")).isInstanceOf(Answer.ReuseDetected.class);
    assertThat(chain.row().state()).isEqualTo(ChainState.SUSPENDED);
  }

  @Test
  void loserOfARace_isNoThief() {
    ChainFixture chain = consumedFamily(ReusePolicy.revoke());
    chain.assertRefusedSilently(chain.raceLost().handOver(OLD, "anna"), Refusal.ALREADY_CONSUMED);
  }

  @Test
  void supersededAndExpiredTokens_areNoReuse() {
    ChainFixture chain =
        ChainFixture.open(Rules.screen().reuse(ReusePolicy.suspendAfter(1)).build());
    chain.at(10_000).poll("anna");
    chain.assertRefusedSilently(chain.at(13_000).handOver(OLD, "ben"), Refusal.SUPERSEDED);
    chain.assertRefusedSilently(
        chain.at(23_000).handOver(chain.token(), "ben"), Refusal.TOKEN_EXPIRED);
  }

  @Test
  void rotatedTokenOfAnEarlierSeq_isReuse() {
    ChainFixture chain =
        ChainFixture.open(Rules.screen().reuse(ReusePolicy.suspendAfter(9)).build());
    chain.at(10_000).poll("anna");
    chain.handOver(chain.token(), "ben");
    assertThat(chain.handOver(OLD, "cora")).isInstanceOf(Answer.ReuseDetected.class);
  }

  @Test
  void count_startsAgainWithEachSeq() {
    ChainFixture chain = consumed(Rules.screen().reuse(ReusePolicy.suspendAfter(2)));
    chain.handOver(OLD, "cora");
    chain.handOver(chain.token(), "cora");
    assertThat(chain.row().budgets().reuseCount()).isZero();
    chain.handOver(OLD, "dora");
    assertThat(chain.row().state()).isEqualTo(ChainState.ACTIVE);
  }
}
