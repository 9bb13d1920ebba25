package dev.tokenlife.transition;

import dev.tokenlife.model.ActorRule;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.PreviousToken;
import dev.tokenlife.model.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * T1 and T2: the holder asks for the live token; one that is due is rotated on the way.
 *
 * @param actor who asks
 * @param actorKey the thumbprint of the key the actor proved, or null
 * @param policy the chain's rules
 * @param keyId the key to mint with
 */
public record Poll(String actor, @Nullable String actorKey, ChainPolicy policy, int keyId) {
  /** Decides on one row. */
  public Decision<Answer> decide(@Nullable ChainRow row, Evaluation evaluation) {
    Moment moment = Moment.of(row, evaluation.processNow());
    Refusal refusal = Standing.refusal(row, moment);
    if (row == null || refusal != null) {
      return refused(refusal == null ? Refusal.NOT_FOUND : refusal);
    }
    if (policy.actorRule() == ActorRule.SELF) {
      // A refresh token is shown once, to whoever it was minted for; a name alone gets none.
      return refused(Refusal.NOT_ELIGIBLE);
    }
    if (!actor.equals(row.position().holder()) || !Keys.match(row, actorKey)) {
      return refused(Refusal.NOT_HOLDER);
    }
    CurrentToken current = row.current();
    boolean live =
        current != null
            && !moment.far()
            && moment.now() < current.expiresAt() - policy.renewAhead().toMillis();
    if (live || endsWithChain(row, current, moment)) {
      return Decision.answer(new Answer.Done(row, false));
    }
    return rotate(row, moment, evaluation);
  }

  /** Rotating a token that already reaches to the absolute end would give the same expiry again. */
  private static boolean endsWithChain(
      ChainRow row, @Nullable CurrentToken current, Moment moment) {
    return current != null
        && !moment.far()
        && current.expiresAt() == row.origin().absoluteExpiresAt();
  }

  private Decision<Answer> rotate(ChainRow row, Moment moment, Evaluation evaluation) {
    var draft = Next.touched(row, moment, evaluation);
    Next.mint(draft, row.position(), policy, moment, keyId);
    CurrentToken current = row.current();
    if (current != null) {
      draft.previous(rotatedOut(current, moment));
    }
    ChainRow next = draft.row();
    return Decision.write(new Answer.Done(next, false), next, List.of());
  }

  private PreviousToken rotatedOut(CurrentToken current, Moment moment) {
    long overlap = policy.scanOverlap().toMillis();
    long graceUntil =
        moment.far() ? 0 : Math.min(Next.saturatedSum(moment.now(), overlap), current.expiresAt());
    return new PreviousToken(
        current.generation(),
        current.seq(),
        current.keyId(),
        current.expiresAt(),
        moment.now(),
        PreviousToken.Reason.ROTATED,
        null,
        null,
        graceUntil,
        0);
  }

  private static Decision<Answer> refused(Refusal refusal) {
    return Decision.answer(new Answer.Refused(refusal));
  }
}
