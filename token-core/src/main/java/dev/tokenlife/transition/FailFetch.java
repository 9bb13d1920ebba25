package dev.tokenlife.transition;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Claim;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.RowDraft;
import dev.tokenlife.model.Upstream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * T15: a refresh failed. Clears the claim; permanent and ambiguous failures are kept in the row,
 * and a permanent one drops the access token.
 *
 * @param generation the generation the call started from; the failure says nothing about another
 * @param claimId the claim the call was made under; null if none was needed
 * @param kind how it failed
 * @param notBefore no new attempt before this, epoch milliseconds
 */
public record FailFetch(
    long generation, @Nullable String claimId, FailureKind kind, long notBefore) {
  /** Decides on one row. */
  public Decision<FetchAnswer> decide(@Nullable ChainRow row, Evaluation evaluation) {
    if (row == null) {
      return Decision.answer(new FetchAnswer.Absent());
    }
    Moment moment = Moment.of(row, evaluation.processNow());
    Claim claim = row.claim();
    boolean mine = claim != null && claim.claimId().equals(claimId);
    boolean lasting = kind == FailureKind.PERMANENT || kind == FailureKind.AMBIGUOUS;
    boolean concerns =
        row.generation() == generation
            && !row.state().isFinal()
            && (mine || (claim == null && claimId == null));
    if (!mine && !(lasting && concerns)) {
      return Decision.answer(
          row.generation() == generation
              ? new FetchAnswer.Done(row, true)
              : new FetchAnswer.Moved(row));
    }
    RowDraft draft = Next.touched(row, moment, evaluation);
    if (mine) {
      draft.claim(null);
    }
    if (lasting && concerns) {
      draft.failure(Failures.next(row, kind, moment, notBefore));
      Upstream upstream = row.upstream();
      if (kind == FailureKind.PERMANENT && upstream != null) {
        draft.current(null).upstream(upstream.withoutAccessToken());
      }
    }
    ChainRow next = draft.row();
    return Decision.write(new FetchAnswer.Done(next, false), next, List.of());
  }
}
