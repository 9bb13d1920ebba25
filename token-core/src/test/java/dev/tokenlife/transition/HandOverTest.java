package dev.tokenlife.transition;

import static dev.tokenlife.transition.ChainFixture.KEY;
import static dev.tokenlife.transition.ChainFixture.START;
import static dev.tokenlife.transition.ChainFixture.since;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.Position;
import dev.tokenlife.model.PreviousToken;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.Effect;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** T3: who may consume which token, and what that does. */
class HandOverTest {
  private static final Actor BEN = new Actor("ben", "key-b", "request-1", -1, true);

  private final ChainFixture chain = ChainFixture.open(Rules.screen().build());

  @Test
  void currentToken_isConsumed_andTheActorHoldsTheNext() {
    chain.assertDone(chain.at(4_000).handOver(new Presented(1, 0), BEN));
    assertThat(chain.current()).isEqualTo(new CurrentToken(2, 1, START + 4_000, START + 17_000, 7));
    assertThat(chain.row().position())
        .isEqualTo(new Position(1, 2, "ben", "anna", "key-b", START + 4_000));
    assertThat(chain.previous())
        .isEqualTo(
            new PreviousToken(
                1,
                0,
                7,
                START + 13_000,
                START + 4_000,
                PreviousToken.Reason.HANDED_OVER,
                "ben",
                "request-1",
                START + 9_000,
                0));
    assertThat(since(chain.row().control().lastUse())).isEqualTo(4_000);
    assertThat(chain.row().position().rotationCount()).isZero();
  }

  @Test
  void handOver_movesTheIndex_andLeavesItsEffect_inTheSameWrite() {
    chain.at(4_000).handOver(chain.token(), "ben");
    assertThat(chain.companions())
        .containsExactlyInAnyOrder(
            CompanionChange.delete(Companion.holderIndex("anna", KEY)),
            CompanionChange.insert(Companion.holderIndex("ben", KEY)),
            CompanionChange.insert(
                new Companion.EffectRow(
                    new Effect(KEY, 1, "ENTRY", "anna", "ben", START + 4_000, false))));
  }

  @Test
  void token_isGoodUntilItsExpiry_exclusive() {
    chain.assertRefusedSilently(
        chain.at(13_000).handOver(chain.token(), "ben"), Refusal.TOKEN_EXPIRED);
    chain.assertRefusedSilently(
        chain.at(13_001).handOver(chain.token(), "ben"), Refusal.TOKEN_EXPIRED);
    chain.assertDone(chain.at(12_999).handOver(chain.token(), "ben"));
  }

  @Test
  void tokenRotatedAheadOfTime_isGood_whileTheOverlapLasts_exclusive() {
    Presented old = chain.token();
    chain.at(10_000).poll("anna");
    chain.assertRefusedSilently(chain.at(13_000).handOver(old, "ben"), Refusal.SUPERSEDED);
    chain.assertDone(chain.at(12_999).handOver(old, "ben"));
    assertThat(chain.previous().generation()).isEqualTo(1);
    assertThat(since(chain.previous().expiresAt())).isEqualTo(13_000);
    assertThat(chain.current().generation()).isEqualTo(3);
    assertThat(chain.row().seq()).isEqualTo(1);
  }

  @Test
  void shorterOverlap_endsBeforeTheTokenWould() {
    ChainFixture shorter =
        ChainFixture.open(Rules.screen().scanOverlap(Duration.ofSeconds(1)).build());
    Presented old = shorter.token();
    shorter.at(10_000).poll("anna");
    shorter.assertRefusedSilently(shorter.at(11_000).handOver(old, "ben"), Refusal.SUPERSEDED);
    shorter.assertDone(shorter.at(10_999).handOver(old, "ben"));
  }

  @Test
  void overlappingToken_neverOutlivesItsOwnExpiry() {
    Presented old = chain.token();
    chain.at(10_000).poll("anna");
    PreviousToken longer = graceUntil(chain.previous(), START + 60_000);
    chain.with(row -> row.draft().previous(longer).row());
    chain.assertRefusedSilently(chain.at(13_000).handOver(old, "ben"), Refusal.SUPERSEDED);
  }

  @Test
  void onlyOneOfTwoGoodTokens_isEverConsumed() {
    Presented old = chain.token();
    chain.at(10_000).poll("anna");
    Presented young = chain.token();
    chain.handOver(young, "ben");
    chain.assertRefusedSilently(chain.handOver(old, "cora"), Refusal.ALREADY_CONSUMED);
    chain.assertRefusedSilently(chain.handOver(young, "cora"), Refusal.ALREADY_CONSUMED);
  }

  @Test
  void tokenTwoRotationsOld_isSuperseded() {
    Presented oldest = chain.token();
    chain.at(10_000).poll("anna");
    chain.at(20_000).poll("anna");
    chain.assertRefusedSilently(chain.handOver(oldest, "ben"), Refusal.SUPERSEDED);
  }

  @Test
  void holder_cannotHandOverToItself() {
    chain.assertRefusedSilently(chain.handOver(chain.token(), "anna"), Refusal.NOT_ELIGIBLE);
  }

  @Test
  void tokenOfTheFuture_isInvalid() {
    chain.assertRefusedSilently(chain.handOver(new Presented(2, 0), "ben"), Refusal.INVALID);
    chain.assertRefusedSilently(chain.handOver(new Presented(1, 1), "ben"), Refusal.INVALID);
    chain.assertRefusedSilently(chain.handOver(new Presented(2, 1), "ben"), Refusal.INVALID);
  }

  @Test
  void application_isAskedForTheSeqThatWasRead() {
    chain.asking();
    Actor ben = Actor.of("ben");
    assertThat(chain.handOver(chain.token(), ben))
        .isEqualTo(new Answer.AskEligibility(chain.row()));
    assertThat(chain.wrote()).isFalse();
    chain.assertRefusedSilently(
        chain.handOver(chain.token(), ben.asked(0, false)), Refusal.NOT_ELIGIBLE);
    assertThat(chain.handOver(chain.token(), ben.asked(1, true)))
        .isEqualTo(new Answer.AskEligibility(chain.row()));
    chain.assertDone(chain.handOver(chain.token(), ben.asked(0, true)));
    assertThat(chain.handOver(chain.token(), Actor.of("cora").asked(0, true)))
        .isEqualTo(new Answer.AskEligibility(chain.row()));
  }

  @Test
  void application_isNotAsked_aboutATokenThatIsNoGood() {
    chain.asking();
    chain.assertRefusedSilently(
        chain.at(13_000).handOver(chain.token(), "ben"), Refusal.TOKEN_EXPIRED);
  }

  @Test
  void challengedChain_takesNoTokenAlone() {
    ChainFixture challenged = ChainFixture.open(Rules.challenged().build());
    challenged.assertRefusedSilently(
        challenged.handOver(challenged.token(), "ben"), Refusal.CHALLENGE_REQUIRED);
  }

  @Test
  void chainThatIsNotThere_isNotFound() {
    ChainFixture none = ChainFixture.nothing(Rules.screen().build());
    none.assertRefusedSilently(none.handOver(new Presented(1, 0), "ben"), Refusal.NOT_FOUND);
  }

  @Test
  void absoluteEnd_isCheckedBeforeTheToken() {
    ChainFixture ending =
        ChainFixture.open(Rules.screen().absoluteLife(Duration.ofSeconds(9)).build());
    ending.assertRefusedSilently(
        ending.at(9_000).handOver(ending.token(), "ben"), Refusal.CHAIN_EXPIRED);
    ending.assertDone(ending.at(8_999).handOver(ending.token(), "ben"));
    assertThat(since(ending.current().expiresAt())).isEqualTo(9_000);
  }

  @Test
  void withoutEffects_noneIsLeft() {
    ChainFixture silent = ChainFixture.open(Rules.screen().effects(false).build());
    silent.handOver(silent.token(), "ben");
    assertThat(silent.companions())
        .containsExactlyInAnyOrder(
            CompanionChange.delete(Companion.holderIndex("anna", KEY)),
            CompanionChange.insert(Companion.holderIndex("ben", KEY)));
  }

  @Test
  void eachMayHoldOnce_isProvedByTheInsert_andRefusedWhenItWasLost() {
    ChainFixture once = ChainFixture.open(Rules.screen().onceEach(true).build());
    Companion.HeldBefore held = new Companion.HeldBefore("ben");
    once.handOver(once.token(), "ben");
    assertThat(once.companions()).contains(CompanionChange.insert(held));

    ChainFixture again = ChainFixture.open(Rules.screen().onceEach(true).build());
    again.refusedFor(held).raceLost();
    again.assertRefusedSilently(again.handOver(again.token(), "ben"), Refusal.NOT_ELIGIBLE);
    again.assertDone(again.handOver(again.token(), "cora"));
  }

  @Test
  void heldBefore_meansNothing_whereEachMayHoldOften() {
    chain.refusedFor(new Companion.HeldBefore("ben"));
    chain.assertDone(chain.handOver(chain.token(), "ben"));
    assertThat(chain.companions())
        .doesNotContain(CompanionChange.insert(new Companion.HeldBefore("ben")));
  }

  static PreviousToken graceUntil(PreviousToken p, long until) {
    return new PreviousToken(
        p.generation(),
        p.seq(),
        p.keyId(),
        p.expiresAt(),
        p.supersededAt(),
        p.reason(),
        p.actor(),
        p.requestId(),
        until,
        p.graceUses());
  }
}
