package dev.tokenlife.transition;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a chain off the dead letter list by hand, so that the next attempt is made at once.
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
    ChainRow next = Next.touched(row, moment, evaluation).failure(null).row();
    return Decision.write(new FetchAnswer.Done(next, false), next, List.of());
  }
}
