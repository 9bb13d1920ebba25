package dev.tokenlife.transition;

import dev.tokenlife.model.ActorRule;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.PreviousToken;
import dev.tokenlife.model.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * T3 to T6: an actor presents a verified token. The current one is consumed; the one rotated out
 * just before is, inside the overlap; the actor of the last hand-over gets the same answer again
 * for a while; everything older was used twice.
 *
 * @param token what was presented
 * @param actor who presents it
 * @param askEligibility whether the application must be asked about the actor
 * @param policy the chain's rules
 * @param keyId the key to mint with
 */
public record HandOver(
    Presented token, Actor actor, boolean askEligibility, ChainPolicy policy, int keyId) {
  /** Decides on one row. */
  public Decision<Answer> decide(@Nullable ChainRow row, Evaluation evaluation) {
    Moment moment = Moment.of(row, evaluation.processNow());
    Refusal refusal = Standing.refusal(row, moment);
    if (row == null || refusal != null) {
      return refused(refusal == null ? Refusal.NOT_FOUND : refusal);
    }
    if (moment.far() && policy.actorRule() == ActorRule.HANDOVER) {
      return refused(Refusal.BUSY);
    }
    Repeat repeat = new Repeat(policy, actor);
    if (repeat.matches(row, token.generation(), token.seq())) {
      Decision<Answer> again = repeat.decide(row, moment, evaluation);
      return again != null ? again : reused(row, moment, evaluation);
    }
    if (token.seq() < row.seq()) {
      return reused(row, moment, evaluation);
    }
    if (token.seq() > row.seq() || token.generation() > row.generation()) {
      return refused(Refusal.INVALID);
    }
    return sameSeq(row, moment, evaluation);
  }

  private Decision<Answer> sameSeq(ChainRow row, Moment moment, Evaluation evaluation) {
    Refusal notAllowed = new Admission(policy, actor).refusal(row);
    if (notAllowed != null) {
      return refused(notAllowed);
    }
    PreviousToken consumed = acceptable(row, moment);
    if (consumed == null) {
      boolean isCurrent = token.generation() == row.generation();
      return refused(isCurrent ? Refusal.TOKEN_EXPIRED : Refusal.SUPERSEDED);
    }
    if (askEligibility && actor.eligibleForSeq() != row.seq()) {
      return Decision.answer(new Answer.AskEligibility(row));
    }
    if (askEligibility && !actor.eligible()) {
      return refused(Refusal.NOT_ELIGIBLE);
    }
    if (policy.challenge() != null) {
      return refused(Refusal.CHALLENGE_REQUIRED);
    }
    return new Consume(policy, actor, keyId).decide(row, consumed, moment, evaluation);
  }

  /** Returns the token to consume if the presented one is good at this moment, else null. */
  private @Nullable PreviousToken acceptable(ChainRow row, Moment moment) {
    return Acceptance.of(row, token, moment);
  }

  private Decision<Answer> reused(ChainRow row, Moment moment, Evaluation evaluation) {
    return new Reuse(policy).decide(row, moment, evaluation);
  }

  static Decision<Answer> refused(Refusal refusal) {
    return Decision.answer(new Answer.Refused(refusal));
  }
}
