package dev.tokenlife.transition;

import static dev.tokenlife.transition.ChainFixture.START;
import static dev.tokenlife.transition.ChainFixture.assertRefused;
import static dev.tokenlife.transition.ChainFixture.since;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.Refusal;
import org.junit.jupiter.api.Test;

/** The budget of wrong guesses and the lock of the whole chain; four failures lock it here. */
class LockTest {
  private static final Actor BEN = actor("ben", "c1");
  private static final Actor CORA = actor("cora", "c2");

  private final ChainFixture chain = ChainFixture.open(Rules.challenged().build());
  private final Presented token = chain.token();

  private static Actor actor(String name, String challenge) {
    return new Actor(name, null, challenge, -1, true);
  }

  @Test
  void wrongGuessesOfAllScanners_lockTheChain() {
    chain.challenge(token, BEN, "c1");
    chain.challenge(token, CORA, "c2");
    chain.debit("c1", BEN);
    chain.debit("c1", BEN);
    chain.debit("c2", CORA);
    assertThat(chain.row().budgets().lockedUntil()).isZero();
    assertThat(chain.at(1_000).debit("c2", CORA)).isInstanceOf(Answer.Compare.class);
    assertThat(since(chain.row().budgets().lockedUntil())).isEqualTo(301_000);
    chain.assertRefusedSilently(chain.debit("c1", BEN), Refusal.LOCKED);
    chain.assertRefusedSilently(chain.challenge(token, "dora", "c3"), Refusal.LOCKED);
  }

  @Test
  void askingAgain_doesNotRestoreTheBudget() {
    chain.challenge(token, BEN, "c1");
    chain.debit("c1", BEN);
    chain.debit("c1", BEN);
    chain.challenge(token, actor("ben", "c3"), "c3");
    chain.debit("c3", actor("ben", "c3"));
    chain.debit("c3", actor("ben", "c3"));
    assertThat(chain.row().budgets().failedChallenges()).isEqualTo(4);
    assertThat(chain.row().budgets().lockedUntil()).isPositive();
  }

  @Test
  void guessThatLocked_andMatches_unlocks() {
    chain.with(row -> row.draft().budgets(new Budgets(3, 0, 0, 0)).row());
    chain.challenge(token, BEN, "c1");
    chain.debit("c1", BEN);
    assertThat(chain.row().budgets().lockedUntil()).isPositive();
    chain.assertDone(chain.match("c1", BEN));
    assertThat(chain.row().budgets()).isEqualTo(Budgets.NONE);
  }

  @Test
  void lockByWrongGuesses_outlivesTheHandOver() {
    chain.challenge(token, BEN, "c1");
    chain.debit("c1", BEN);
    chain.with(row -> row.draft().budgets(new Budgets(5, 1, 0, START + 300_000)).row());
    chain.assertDone(chain.match("c1", BEN));
    assertThat(chain.row().budgets()).isEqualTo(new Budgets(0, 0, 0, START + 300_000));
  }

  @Test
  void lockByAskingTooOften_outlivesTheHandOver() {
    chain.challenge(token, BEN, "c1");
    chain.debit("c1", BEN);
    for (int i = 0; i < 4; i++) {
      chain.challenge(token, CORA, "c2");
    }
    assertRefused(chain.challenge(token, CORA, "c2"), Refusal.LOCKED);
    chain.assertDone(chain.match("c1", BEN));
    assertThat(chain.row().budgets()).isEqualTo(new Budgets(0, 0, 0, START + 300_000));
    chain.assertRefusedSilently(chain.challenge(chain.token(), "dora", "c3"), Refusal.LOCKED);
  }

  @Test
  void lock_outlivesReassigning() {
    chain.with(row -> row.draft().budgets(new Budgets(4, 2, 1, START + 300_000)).row());
    chain.reassign("ben");
    assertThat(chain.row().budgets()).isEqualTo(new Budgets(0, 0, 0, START + 300_000));
  }

  @Test
  void guess_isTakenAgain_whenTheLockIsOver_exclusive() {
    chain.challenge(token, BEN, "c1");
    chain.with(row -> row.draft().budgets(new Budgets(4, 1, 2, START + 20_000)).row());
    chain.assertRefusedSilently(chain.at(19_999).debit("c1", BEN), Refusal.LOCKED);
    assertThat(chain.at(20_000).debit("c1", BEN)).isInstanceOf(Answer.Compare.class);
    assertThat(chain.row().budgets()).isEqualTo(new Budgets(1, 0, 2, 0));
  }

  @Test
  void matchAfterTheBudgetWasRestored_givesBackNothingTwice() {
    chain.challenge(token, BEN, "c1");
    chain.debit("c1", BEN);
    chain.with(row -> row.draft().budgets(Budgets.NONE).row());
    chain.assertDone(chain.match("c1", BEN));
    assertThat(chain.row().budgets()).isEqualTo(Budgets.NONE);
  }
}
