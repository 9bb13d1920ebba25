package dev.tokenlife.transition;

import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.Claim;
import dev.tokenlife.model.Failure;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Upstream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * T12: announces a call to the source. Without a claim to write (the source can be called twice) it
 * only says whether the call may be made.
 *
 * @param generation the generation the call starts from
 * @param claim the intent to write; null if the source is not exclusive
 */
public record ClaimSource(long generation, @Nullable Claim claim) {
  /** Decides on one row. */
  public Decision<FetchAnswer> decide(@Nullable ChainRow row, Evaluation evaluation) {
    if (row == null || row.origin().kind() != ChainKind.FETCHED) {
      return Decision.answer(new FetchAnswer.Absent());
    }
    Moment moment = Moment.of(row, evaluation.processNow());
    if (row.state() != ChainState.ACTIVE || row.isExpired(moment.now())) {
      return Decision.answer(new FetchAnswer.NotActive(row));
    }
    if (row.generation() != generation) {
      return Decision.answer(new FetchAnswer.Moved(row));
    }
    if (row.claim() != null) {
      return Decision.answer(new FetchAnswer.ClaimedByOther(row));
    }
    if (forbids(row.failure(), moment)) {
      return Decision.answer(new FetchAnswer.Forbidden(row));
    }
    if (claim == null) {
      return Decision.answer(new FetchAnswer.Done(row, false));
    }
    ChainRow next =
        Next.touched(row, moment, evaluation).claim(claim).upstream(countResend(row)).row();
    return Decision.write(new FetchAnswer.Done(next, false), next, List.of());
  }

  private boolean forbids(@Nullable Failure failure, Moment moment) {
    return failure != null
        && failure.generation() == generation
        && moment.now() < failure.notBefore();
  }

  /** After an ambiguous failure of this generation the same refresh token is sent once more. */
  private @Nullable Upstream countResend(ChainRow row) {
    Upstream old = row.upstream();
    Failure failure = row.failure();
    boolean resend =
        failure != null
            && failure.kind() == FailureKind.AMBIGUOUS
            && failure.generation() == generation;
    return old != null && resend ? old.resent() : old;
  }
}
