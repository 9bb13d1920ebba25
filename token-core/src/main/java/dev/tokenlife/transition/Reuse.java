package dev.tokenlife.transition;

import dev.tokenlife.model.ActorRule;
import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.model.ReusePolicy;
import dev.tokenlife.model.RowDraft;
import java.util.List;

/**
 * T6: a consumed token whose tag verifies is used again. Counted on a first evaluation only, so
 * that a loser of an honest race is never taken for a thief.
 */
record Reuse(ChainPolicy policy) {
  Decision<Answer> decide(ChainRow row, Moment moment, Evaluation evaluation) {
    if (moment.far()) {
      return HandOver.refused(Refusal.BUSY);
    }
    if (!evaluation.first() || policy.reuse().action() == ReusePolicy.Action.REJECT) {
      return HandOver.refused(Refusal.ALREADY_CONSUMED);
    }
    Budgets old = row.budgets();
    int count = old.reuseCount() + 1;
    RowDraft draft =
        Next.touched(row, moment, evaluation)
            .budgets(
                new Budgets(
                    old.failedChallenges(), old.challengesThisSeq(), count, old.lockedUntil()));
    if (count >= policy.reuse().after()) {
      return act(row, draft);
    }
    ChainRow next = draft.row();
    return Decision.write(new Answer.ReuseDetected(next), next, List.of());
  }

  private Decision<Answer> act(ChainRow row, RowDraft draft) {
    boolean revoke =
        policy.reuse().action() == ReusePolicy.Action.REVOKE
            && policy.actorRule() == ActorRule.SELF;
    ChainControl control = draft.row().control();
    draft.control(
        new ChainControl(
            control.revision(),
            control.op(),
            control.adminRequestId(),
            revoke ? ChainState.REVOKED : ChainState.SUSPENDED,
            revoke ? "reuse of a consumed token" : control.closeReason(),
            control.lastAt(),
            control.lastUse()));
    if (!revoke) {
      ChainRow next = draft.row();
      return Decision.write(new Answer.ReuseDetected(next), next, List.of());
    }
    ChainRow next = draft.current(null).previous(null).challenges(List.of()).row();
    return Decision.write(new Answer.ReuseDetected(next), next, Companions.ending(row));
  }
}
