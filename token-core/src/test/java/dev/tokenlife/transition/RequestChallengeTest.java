package dev.tokenlife.transition;

import static dev.tokenlife.transition.ChainFixture.START;
import static dev.tokenlife.transition.ChainFixture.assertRefused;
import static dev.tokenlife.transition.ChainFixture.since;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.ChallengeSlot;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.model.ReusePolicy;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** T7. */
class RequestChallengeTest {
  private final ChainFixture chain = ChainFixture.open(Rules.challenged().build());
  private final Presented token = chain.token();

  @Test
  void scanner_getsASlot_ofItsOwn() {
    chain.assertDone(chain.at(1_000).challenge(token, "ben", "c1"));
    assertThat(chain.row().challenges())
        .containsExactly(new ChallengeSlot("c1", "ben", "nonce-c1", 9, 0, 1, START + 31_000, 3));
    assertThat(chain.row().budgets()).isEqualTo(new Budgets(0, 1, 0, 0));
    assertThat(since(chain.row().control().lastUse())).isEqualTo(1_000);
    assertThat(chain.token()).isEqualTo(token);
    assertThat(chain.companions()).isEmpty();
  }

  @Test
  void twoScanners_haveASlotEach_andAskingAgainReplacesOnlyTheOwn() {
    chain.challenge(token, "ben", "c1");
    chain.challenge(token, "cora", "c2");
    chain.challenge(token, "ben", "c3");
    assertThat(chain.row().challenges()).extracting(ChallengeSlot::id).containsExactly("c2", "c3");
    assertThat(chain.row().budgets().challengesThisSeq()).isEqualTo(3);
  }

  @Test
  void holder_getsNone() {
    chain.assertRefusedSilently(chain.challenge(token, "anna", "c1"), Refusal.NOT_ELIGIBLE);
  }

  @Test
  void tokenIsJudged_asForAHandOver() {
    chain.assertRefusedSilently(
        chain.at(13_000).challenge(token, "ben", "c1"), Refusal.TOKEN_EXPIRED);
    chain.at(10_000).poll("anna");
    chain.assertRefusedSilently(chain.at(13_000).challenge(token, "ben", "c1"), Refusal.SUPERSEDED);
    chain.assertDone(chain.at(12_999).challenge(token, "ben", "c1"));
    assertThat(chain.slot().generation()).isEqualTo(1);
    chain.assertRefusedSilently(chain.challenge(new Presented(3, 0), "ben", "c1"), Refusal.INVALID);
    chain.assertRefusedSilently(chain.challenge(new Presented(1, 1), "ben", "c1"), Refusal.INVALID);
  }

  @Test
  void consumedToken_isRefused_andNotCounted() {
    ChainFixture strict =
        ChainFixture.open(Rules.challenged().reuse(ReusePolicy.suspendAfter(1)).build());
    strict.reassign("ben");
    strict.assertRefusedSilently(strict.challenge(token, "cora", "c1"), Refusal.ALREADY_CONSUMED);
  }

  @Test
  void chainWithoutChallenges_hasNone() {
    ChainFixture plain = ChainFixture.open(Rules.screen().build());
    plain.assertRefusedSilently(plain.challenge(token, "ben", "c1"), Refusal.INVALID);
  }

  @Test
  void chainThatTakesNoCommand_givesNone() {
    chain.suspend();
    chain.assertRefusedSilently(chain.challenge(token, "ben", "c1"), Refusal.SUSPENDED);
    ChainFixture none = ChainFixture.nothing(Rules.challenged().build());
    none.assertRefusedSilently(none.challenge(token, "ben", "c1"), Refusal.NOT_FOUND);
  }

  @Test
  void application_isAskedForTheSeqThatWasRead() {
    chain.asking();
    Actor ben = Actor.of("ben");
    assertThat(chain.challenge(token, ben, "c1")).isEqualTo(new Answer.AskEligibility(chain.row()));
    chain.assertRefusedSilently(
        chain.challenge(token, ben.asked(0, false), "c1"), Refusal.NOT_ELIGIBLE);
    chain.assertDone(chain.challenge(token, ben.asked(0, true), "c1"));
  }

  @Test
  void eightScanners_fillTheSlots_andTheNinthWaits() {
    chain.with(row -> row.draft().challenges(slots(8, START + 30_000, 3, 0)).row());
    chain.assertRefusedSilently(chain.challenge(token, "ben", "c1"), Refusal.BUSY);
    chain.assertDone(chain.challenge(token, "scanner-3", "c1"));
    assertThat(chain.row().challenges()).hasSize(8);
  }

  @Test
  void deadSlots_areFree() {
    for (List<ChallengeSlot> dead :
        List.of(slots(8, START, 3, 0), slots(8, START + 30_000, 0, 0), slots(8, START + 9, 3, 7))) {
      ChainFixture full = ChainFixture.open(Rules.challenged().build());
      full.with(row -> row.draft().challenges(dead).row());
      full.assertDone(full.challenge(token, "ben", "c1"));
      assertThat(full.row().challenges()).extracting(ChallengeSlot::id).containsExactly("c1");
    }
  }

  @Test
  void sixthChallengeOfASeq_locksTheChain_untilTheLockEnds() {
    for (int i = 1; i <= 5; i++) {
      chain.assertDone(chain.challenge(token, "ben", "c" + i));
    }
    assertRefused(chain.challenge(token, "ben", "c6"), Refusal.LOCKED);
    assertThat(chain.wrote()).isTrue();
    assertThat(since(chain.row().budgets().lockedUntil())).isEqualTo(300_000);
    assertThat(chain.slot().id()).isEqualTo("c5");
    chain.at(299_999).poll("anna");
    chain.assertRefusedSilently(chain.challenge(chain.token(), "cora", "c7"), Refusal.LOCKED);
    chain.assertDone(chain.at(300_000).challenge(chain.token(), "cora", "c8"));
    assertThat(chain.row().budgets()).isEqualTo(new Budgets(0, 1, 0, 0));
  }

  @Test
  void endOfTheLock_startsTheGuessesAgain_butNotTheReuses() {
    chain.with(row -> row.draft().budgets(new Budgets(4, 5, 2, START + 1_000)).row());
    chain.assertRefusedSilently(chain.at(999).challenge(token, "ben", "c1"), Refusal.LOCKED);
    chain.assertDone(chain.at(1_000).challenge(token, "ben", "c1"));
    assertThat(chain.row().budgets()).isEqualTo(new Budgets(0, 1, 2, 0));
  }

  @Test
  void guessesThatFailed_stayCounted_whenANewChallengeIsGiven() {
    chain.with(row -> row.draft().budgets(new Budgets(3, 1, 2, 0)).row());
    chain.challenge(token, "ben", "c1");
    assertThat(chain.row().budgets()).isEqualTo(new Budgets(3, 2, 2, 0));
  }

  private static List<ChallengeSlot> slots(int count, long expiresAt, int attempts, long seq) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new ChallengeSlot("s" + i, "scanner-" + i, "n" + i, 9, seq, 1, expiresAt, attempts))
        .toList();
  }
}
