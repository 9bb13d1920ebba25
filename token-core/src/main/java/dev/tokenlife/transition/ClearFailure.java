package dev.tokenlife.transition;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Failure;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Upstream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a chain off the dead letter list by hand, so that the next attempt is made at once. After
 * an ambiguous failure that attempt sends the refresh token again, so it is counted here, where the
 * last trace of the failure goes.
 *
 * @param generation the failed generation; another one is left alone
 */
public record ClearFailure(long generation) {
  /** Decides on one row. */
  public Decision<FetchAnswer> decide(@Nullable ChainRow row, Evaluation evaluation) {
    if (row == null) {
      return Decision.answer(new FetchAnswer.Absent());
    }
    Failure failure = row.failure();
    if (failure == null || failure.generation() != generation) {
      return Decision.answer(new FetchAnswer.Moved(row));
    }
    Moment moment = Moment.of(row, evaluation.processNow());
    Upstream upstream = row.upstream();
    boolean resend = failure.kind() == FailureKind.AMBIGUOUS && !row.state().isFinal();
    ChainRow next =
        Next.touched(row, moment, evaluation)
            .failure(null)
            .upstream(upstream != null && resend ? upstream.resent() : upstream)
            .row();
    return Decision.write(new FetchAnswer.Done(next, false), next, List.of());
  }
}
