package dev.tokenlife.transition;

import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.ChallengeRule;

/** The chain-wide lock against guessing. When it has run out, the counters start again. */
final class Locks {
  private Locks() {}

  static boolean locked(Budgets budgets, Moment moment) {
    return moment.now() < budgets.lockedUntil();
  }

  static Budgets afterLock(Budgets budgets, Moment moment) {
    boolean over = budgets.lockedUntil() > 0 && !locked(budgets, moment);
    return over ? new Budgets(0, 0, budgets.reuseCount(), 0) : budgets;
  }

  static Budgets lock(Budgets budgets, ChallengeRule rule, Moment moment) {
    return new Budgets(
        budgets.failedChallenges(),
        budgets.challengesThisSeq(),
        budgets.reuseCount(),
        Next.saturatedSum(moment.now(), rule.lockTime().toMillis()));
  }
}
