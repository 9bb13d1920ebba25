package dev.tokenlife.transition;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Claim;
import dev.tokenlife.model.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * T12, the taking over: clears a claim whose owner is gone and notes that its call may have
 * happened. Sending again is an ordinary claim after that.
 *
 * @param claimId the claim that was watched
 * @param notBefore when the same refresh token may be sent again, epoch milliseconds
 */
public record AbandonClaim(String claimId, long notBefore) {
  /** Decides on one row. */
  public Decision<FetchAnswer> decide(@Nullable ChainRow row, Evaluation evaluation) {
    if (row == null) {
      return Decision.answer(new FetchAnswer.Absent());
    }
    Claim claim = row.claim();
    if (claim == null || !claim.claimId().equals(claimId)) {
      return Decision.answer(new FetchAnswer.Moved(row));
    }
    Moment moment = Moment.of(row, evaluation.processNow());
    var draft = Next.touched(row, moment, evaluation).claim(null);
    if (claim.generation() == row.generation() && !row.state().isFinal()) {
      draft.failure(Failures.next(row, FailureKind.AMBIGUOUS, moment, notBefore));
    }
    ChainRow next = draft.row();
    return Decision.write(new FetchAnswer.Done(next, false), next, List.of());
  }
}
