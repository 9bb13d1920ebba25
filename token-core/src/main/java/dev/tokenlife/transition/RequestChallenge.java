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
 * T7: a scanner asks for a challenge. Guarded as a hand-over; the slot is the scanner's own or a
 * free one; asking too often locks the chain for a while.
 *
 * @param token what was scanned
 * @param actor the scanner
 * @param askEligibility whether the application must be asked about the scanner
 * @param challengeId random id of the new challenge
 * @param nonce random, base64url; the code is derived from it
 * @param policy the chain's rules
 * @param keyId the key the code is derived with
 */
public record RequestChallenge(
    Presented token,
    Actor actor,
    boolean askEligibility,
    String challengeId,
    String nonce,
    ChainPolicy policy,
    int keyId) {
  /** Decides on one row. */
  public Decision<Answer> decide(@Nullable ChainRow row, Evaluation evaluation) {
    Moment moment = Moment.of(row, evaluation.processNow());
    Refusal refusal = Standing.refusal(row, moment);
    ChallengeRule rule = policy.challenge();
    if (row == null || refusal != null || rule == null) {
      return HandOver.refused(refusal == null ? Refusal.INVALID : refusal);
    }
    if (moment.far()) {
      return HandOver.refused(Refusal.BUSY);
    }
    Refusal tokenRefusal = tokenRefusal(row, moment);
    if (tokenRefusal != null) {
      return HandOver.refused(tokenRefusal);
    }
    if (askEligibility && actor.eligibleForSeq() != row.seq()) {
      return Decision.answer(new Answer.AskEligibility(row));
    }
    if (askEligibility && !actor.eligible()) {
      return HandOver.refused(Refusal.NOT_ELIGIBLE);
    }
    return give(row, rule, moment, evaluation);
  }

  private @Nullable Refusal tokenRefusal(ChainRow row, Moment moment) {
    if (token.seq() < row.seq()) {
      return Refusal.ALREADY_CONSUMED;
    }
    if (token.seq() > row.seq() || token.generation() > row.generation()) {
      return Refusal.INVALID;
    }
    Refusal notAllowed = new Admission(policy, actor).refusal(row);
    if (notAllowed != null) {
      return notAllowed;
    }
    PreviousToken good = Acceptance.of(row, token, moment);
    if (good == null) {
      return token.generation() == row.generation() ? Refusal.TOKEN_EXPIRED : Refusal.SUPERSEDED;
    }
    return null;
  }

  private Decision<Answer> give(
      ChainRow row, ChallengeRule rule, Moment moment, Evaluation evaluation) {
    Budgets budgets = Locks.afterLock(row.budgets(), moment);
    if (Locks.locked(budgets, moment)) {
      return HandOver.refused(Refusal.LOCKED);
    }
    if (budgets.challengesThisSeq() >= rule.perSeq()) {
      ChainRow locked =
          Next.touched(row, moment, evaluation).budgets(Locks.lock(budgets, rule, moment)).row();
      return Decision.write(new Answer.Refused(Refusal.LOCKED), locked, List.of());
    }
    List<ChallengeSlot> slots = liveSlotsOfOthers(row, moment);
    if (slots.size() >= ChallengeRule.SLOTS) {
      return HandOver.refused(Refusal.BUSY);
    }
    slots.add(slot(row, rule, moment));
    Budgets next =
        new Budgets(
            budgets.failedChallenges(),
            budgets.challengesThisSeq() + 1,
            budgets.reuseCount(),
            budgets.lockedUntil());
    ChainRow written = Next.used(row, moment, evaluation).challenges(slots).budgets(next).row();
    return Decision.write(new Answer.Done(written, false), written, List.of());
  }

  private List<ChallengeSlot> liveSlotsOfOthers(ChainRow row, Moment moment) {
    List<ChallengeSlot> slots = new ArrayList<>();
    for (ChallengeSlot slot : row.challenges()) {
      boolean live = moment.now() < slot.expiresAt() && slot.attemptsLeft() > 0;
      if (live && slot.seq() == row.seq() && !slot.scanner().equals(actor.name())) {
        slots.add(slot);
      }
    }
    return slots;
  }

  private ChallengeSlot slot(ChainRow row, ChallengeRule rule, Moment moment) {
    return new ChallengeSlot(
        challengeId,
        actor.name(),
        nonce,
        keyId,
        row.seq(),
        token.generation(),
        Next.saturatedSum(moment.now(), rule.ttl().toMillis()),
        rule.attempts());
  }
}
