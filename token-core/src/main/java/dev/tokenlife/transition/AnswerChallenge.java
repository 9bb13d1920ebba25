package dev.tokenlife.transition;

import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChallengeRule;
import dev.tokenlife.model.ChallengeSlot;
import dev.tokenlife.model.PreviousToken;
import dev.tokenlife.model.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * T8: a scanner answers a challenge, in two steps. {@link #debit} takes one attempt and counts one
 * failure before anything is compared, so that parallel guesses cannot outrun the budget; after a
 * match {@link #match} consumes the scanned token and gives the failure back.
 *
 * @param challengeId the challenge
 * @param actor the scanner; its request id is the challenge's
 * @param askEligibility whether the application must be asked about the scanner
 * @param policy the chain's rules
 * @param keyId the key to mint with
 */
public record AnswerChallenge(
    String challengeId, Actor actor, boolean askEligibility, ChainPolicy policy, int keyId) {
  /** The first compare-and-set. */
  public Decision<Answer> debit(@Nullable ChainRow row, Evaluation evaluation) {
    Moment moment = Moment.of(row, evaluation.processNow());
    Decision<Answer> early = early(row, moment, evaluation);
    ChallengeRule rule = policy.challenge();
    if (row == null || early != null || rule == null) {
      return early == null ? HandOver.refused(Refusal.INVALID) : early;
    }
    Budgets budgets = Locks.afterLock(row.budgets(), moment);
    if (Locks.locked(budgets, moment)) {
      return HandOver.refused(Refusal.LOCKED);
    }
    ChallengeSlot slot = slot(row);
    if (slot == null || slot.attemptsLeft() <= 0 || moment.now() >= slot.expiresAt()) {
      return HandOver.refused(Refusal.CHALLENGE_FAILED);
    }
    Budgets counted =
        new Budgets(
            budgets.failedChallenges() + 1,
            budgets.challengesThisSeq(),
            budgets.reuseCount(),
            budgets.lockedUntil());
    if (counted.failedChallenges() >= rule.lockAfter()) {
      counted = Locks.lock(counted, rule, moment);
    }
    ChainRow next =
        Next.touched(row, moment, evaluation)
            .challenges(oneAttemptLess(row, slot))
            .budgets(counted)
            .row();
    return Decision.write(new Answer.Compare(next, slot.nonce()), next, List.of());
  }

  /** The second compare-and-set, after the code matched the slot with this nonce. */
  public Decision<Answer> match(@Nullable ChainRow row, String slotNonce, Evaluation evaluation) {
    Moment moment = Moment.of(row, evaluation.processNow());
    Decision<Answer> early = early(row, moment, evaluation);
    if (row == null || early != null) {
      return early == null ? HandOver.refused(Refusal.NOT_FOUND) : early;
    }
    ChallengeSlot slot = slot(row);
    if (slot == null || !slot.nonce().equals(slotNonce)) {
      return HandOver.refused(Refusal.CHALLENGE_FAILED);
    }
    if (askEligibility && actor.eligibleForSeq() != row.seq()) {
      return Decision.answer(new Answer.AskEligibility(row));
    }
    if (askEligibility && !actor.eligible()) {
      return HandOver.refused(Refusal.NOT_ELIGIBLE);
    }
    return new Consume(policy, actor, keyId)
        .decide(givenBack(row), Acceptance.scanned(row, slot), moment, evaluation);
  }

  /** What can be said without looking at a slot; null if there is a slot to look at. */
  private @Nullable Decision<Answer> early(
      @Nullable ChainRow row, Moment moment, Evaluation evaluation) {
    Refusal refusal = Standing.refusal(row, moment);
    if (row == null || refusal != null) {
      return HandOver.refused(refusal == null ? Refusal.NOT_FOUND : refusal);
    }
    if (moment.far()) {
      return HandOver.refused(Refusal.BUSY);
    }
    PreviousToken previous = row.previous();
    if (previous != null && challengeId.equals(previous.requestId())) {
      Repeat repeat = new Repeat(policy, actor);
      if (repeat.matches(row, previous.generation(), previous.seq())) {
        Decision<Answer> again = repeat.decide(row, moment, evaluation);
        return again != null ? again : HandOver.refused(Refusal.ALREADY_CONSUMED);
      }
    }
    return null;
  }

  private @Nullable ChallengeSlot slot(ChainRow row) {
    for (ChallengeSlot slot : row.challenges()) {
      boolean mine = slot.id().equals(challengeId) && slot.scanner().equals(actor.name());
      if (mine && slot.seq() == row.seq()) {
        return slot;
      }
    }
    return null;
  }

  private ChainRow givenBack(ChainRow row) {
    Budgets old = row.budgets();
    ChallengeRule rule = policy.challenge();
    int failed = Math.max(0, old.failedChallenges() - 1);
    // Only the lock that this guess itself completed is taken back with it.
    boolean unlock =
        rule != null && old.failedChallenges() >= rule.lockAfter() && failed < rule.lockAfter();
    return row.draft()
        .budgets(
            new Budgets(
                failed, old.challengesThisSeq(), old.reuseCount(), unlock ? 0 : old.lockedUntil()))
        .row();
  }

  private static List<ChallengeSlot> oneAttemptLess(ChainRow row, ChallengeSlot debited) {
    List<ChallengeSlot> slots = new ArrayList<>();
    for (ChallengeSlot slot : row.challenges()) {
      slots.add(
          slot.id().equals(debited.id()) ? withAttempts(slot, slot.attemptsLeft() - 1) : slot);
    }
    return slots;
  }

  private static ChallengeSlot withAttempts(ChallengeSlot slot, int attemptsLeft) {
    return new ChallengeSlot(
        slot.id(),
        slot.scanner(),
        slot.nonce(),
        slot.keyId(),
        slot.seq(),
        slot.generation(),
        slot.expiresAt(),
        attemptsLeft);
  }
}
