package dev.tokenlife.transition;

import static dev.tokenlife.transition.ChainFixture.KEY;
import static dev.tokenlife.transition.ChainFixture.START;
import static dev.tokenlife.transition.ChainFixture.since;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.Position;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.Effect;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** T9 to T11 on issued chains. */
class AdministerTest {
  private static final Presented FIRST = new Presented(1, 0);

  private final ChainFixture chain = ChainFixture.open(Rules.screen().build());

  @Test
  void reassign_givesTheChainAway_andForgetsTheOldTokens() {
    chain.at(10_000).poll("anna");
    chain.assertDone(chain.at(11_000).reassign("ben"));
    assertThat(chain.current())
        .isEqualTo(new CurrentToken(3, 1, START + 11_000, START + 24_000, 7));
    assertThat(chain.row().position())
        .isEqualTo(new Position(1, 3, "ben", "anna", "key", START + 11_000));
    assertThat(chain.row().previous()).isNull();
    assertThat(chain.row().control().adminRequestId()).isEqualTo("request-1");
    assertThat(chain.companions())
        .containsExactlyInAnyOrder(
            CompanionChange.delete(Companion.holderIndex("anna", KEY)),
            CompanionChange.insert(Companion.holderIndex("ben", KEY)),
            CompanionChange.insert(
                new Companion.EffectRow(
                    new Effect(KEY, 1, "ENTRY", "anna", "ben", START + 11_000, true))));
    chain.assertRefusedSilently(chain.handOver(FIRST, "cora"), Refusal.ALREADY_CONSUMED);
    chain.assertRefusedSilently(
        chain.handOver(new Presented(2, 0), "cora"), Refusal.ALREADY_CONSUMED);
    chain.assertRefusedSilently(chain.poll("anna"), Refusal.NOT_HOLDER);
  }

  @Test
  void reassignToTheHolder_leavesItsIndex_andItsEffect() {
    chain.reassign("anna");
    assertThat(chain.companions())
        .containsExactly(
            CompanionChange.insert(
                new Companion.EffectRow(new Effect(KEY, 1, "ENTRY", "anna", "anna", START, true))));
  }

  @Test
  void reassign_startsTheBudgetsAgain_butNotTheLock() {
    chain.with(row -> row.draft().budgets(new Budgets(3, 2, 1, START + 9)).row());
    chain.reassign("ben");
    assertThat(chain.row().budgets()).isEqualTo(new Budgets(0, 0, 0, START + 9));
  }

  @Test
  void reassign_remembersTheHolder_andMayNameOneWhoHeldBefore() {
    ChainFixture once = ChainFixture.open(Rules.screen().onceEach(true).build());
    Companion.HeldBefore held = new Companion.HeldBefore("ben");
    once.reassign("ben");
    assertThat(once.companions()).contains(CompanionChange.insert(held));

    ChainFixture again = ChainFixture.open(Rules.screen().onceEach(true).build());
    again.assertDone(again.refusedFor(held).reassign("ben"));
    assertThat(again.companions()).doesNotContain(CompanionChange.insert(held));
  }

  @Test
  void reassign_neverReopens() {
    chain.suspend();
    chain.assertRefusedSilently(chain.reassign("ben"), Refusal.SUSPENDED);
    chain.close();
    chain.assertRefusedSilently(chain.reassign("ben"), Refusal.CHAIN_CLOSED);
  }

  @Test
  void reassignAndSuspend_ofNothing_areNotFound() {
    ChainFixture none = ChainFixture.nothing(Rules.screen().build());
    none.assertRefusedSilently(none.reassign("ben"), Refusal.NOT_FOUND);
    none.assertRefusedSilently(none.suspend(), Refusal.NOT_FOUND);
    none.assertRefusedSilently(none.resume(), Refusal.NOT_FOUND);
    none.assertRefusedSilently(none.close(), Refusal.NOT_FOUND);
  }

  @Test
  void sameRequestAgain_isDoneAlready_whateverTheChainsState() {
    Administer request = new Administer("again", Rules.screen().build(), 7);
    chain.run((row, evaluation) -> request.reassign(row, "ben", null, evaluation));
    chain.assertRepeat(
        chain.run((row, evaluation) -> request.reassign(row, "ben", null, evaluation)));
    assertThat(chain.row().seq()).isEqualTo(1);
    Administer stop = new Administer("stop", Rules.screen().build(), 7);
    chain.run(stop::suspend);
    chain.assertRepeat(chain.run(stop::suspend));
    Administer go = new Administer("go", Rules.screen().build(), 7);
    chain.run(go::resume);
    long generation = chain.row().generation();
    chain.assertRepeat(chain.run(go::resume));
    assertThat(chain.row().generation()).isEqualTo(generation);
  }

  @Test
  void suspendedChain_yieldsNothing_andAcceptsNothing() {
    chain.assertDone(chain.suspend());
    assertThat(chain.row().state()).isEqualTo(ChainState.SUSPENDED);
    assertThat(chain.row().control().adminRequestId()).isEqualTo("request-1");
    assertThat(chain.companions()).isEmpty();
    chain.assertRefusedSilently(chain.poll("anna"), Refusal.SUSPENDED);
    chain.assertRefusedSilently(chain.handOver(FIRST, "ben"), Refusal.SUSPENDED);
    chain.assertRepeat(chain.suspend());
    assertThat(chain.wrote()).isFalse();
  }

  @Test
  void resume_mintsANewToken_andForgetsTheOldOnes() {
    chain.at(10_000).poll("anna");
    chain.suspend();
    chain.assertDone(chain.at(11_000).resume());
    assertThat(chain.row().state()).isEqualTo(ChainState.ACTIVE);
    assertThat(chain.current())
        .isEqualTo(new CurrentToken(3, 0, START + 11_000, START + 24_000, 7));
    assertThat(chain.row().previous()).isNull();
    assertThat(chain.row().position().holder()).isEqualTo("anna");
    chain.assertRefusedSilently(chain.handOver(FIRST, "ben"), Refusal.SUPERSEDED);
    chain.assertRefusedSilently(chain.handOver(new Presented(2, 0), "ben"), Refusal.SUPERSEDED);
    chain.assertDone(chain.handOver(chain.token(), "ben"));
  }

  @Test
  void resumeOfAnActiveChain_isDoneAlready() {
    chain.assertRepeat(chain.resume());
    assertThat(chain.wrote()).isFalse();
  }

  @Test
  void resumeWithoutItsRules_isRefused_sinceNoNewTokenCanBeMinted() {
    chain.suspend();
    chain.assertRefusedSilently(
        chain.run(new Administer("resume", null, 7)::resume), Refusal.NOT_FOUND);
    assertThat(chain.row().state()).isEqualTo(ChainState.SUSPENDED);
  }

  @Test
  void reassignWithoutItsRules_isRefused() {
    Administer unknown = new Administer("reassign", null, 7);
    chain.assertRefusedSilently(
        chain.run((row, evaluation) -> unknown.reassign(row, "ben", null, evaluation)),
        Refusal.NOT_FOUND);
  }

  @Test
  void close_erasesEveryToken_andStays() {
    chain.at(10_000).poll("anna");
    chain.assertDone(chain.at(11_000).close());
    assertThat(chain.row().state()).isEqualTo(ChainState.CLOSED);
    assertThat(chain.row().control().closeReason()).isEqualTo("because");
    assertThat(chain.row().control().adminRequestId()).isEqualTo("request-1");
    assertThat(since(chain.row().control().lastAt())).isEqualTo(11_000);
    assertThat(since(chain.row().control().lastUse())).isEqualTo(10_000);
    assertThat(chain.row().origin().nonce()).isEqualTo("nonce");
    assertThat(chain.companions())
        .containsExactly(CompanionChange.delete(Companion.holderIndex("anna", KEY)));
    assertThat(chain.row().position().holder()).isEqualTo("anna");
  }

  @Test
  void finalChain_isFinalForEveryCommand() {
    chain.close();
    ChainRow closed = chain.row();
    chain.assertRefusedSilently(chain.poll("anna"), Refusal.CHAIN_CLOSED);
    chain.assertRefusedSilently(chain.handOver(FIRST, "ben"), Refusal.CHAIN_CLOSED);
    chain.assertRefusedSilently(chain.suspend(), Refusal.CHAIN_CLOSED);
    chain.assertRefusedSilently(chain.resume(), Refusal.CHAIN_CLOSED);
    chain.assertRepeat(chain.revoke());
    chain.assertRepeat(chain.close());
    assertThat(chain.row()).isEqualTo(closed);
  }

  @Test
  void suspendedChain_canBeRevoked() {
    chain.suspend();
    chain.assertDone(chain.revoke());
    assertThat(chain.row().state()).isEqualTo(ChainState.REVOKED);
    chain.assertRefusedSilently(chain.poll("anna"), Refusal.REVOKED);
  }

  @Test
  void expiry_stopsEveryCommand_butNotTheEnd() {
    ChainFixture ending =
        ChainFixture.open(Rules.screen().absoluteLife(Duration.ofSeconds(20)).build());
    ending.suspend();
    ending.at(20_000);
    ending.assertRefusedSilently(ending.resume(), Refusal.CHAIN_EXPIRED);
    ending.assertRefusedSilently(ending.suspend(), Refusal.CHAIN_EXPIRED);
    ending.assertRefusedSilently(ending.reassign("ben"), Refusal.CHAIN_EXPIRED);
    ending.assertDone(ending.close());
    assertThat(ending.row().state()).isEqualTo(ChainState.CLOSED);
  }
}
