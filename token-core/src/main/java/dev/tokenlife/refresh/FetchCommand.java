package dev.tokenlife.refresh;

import dev.tokenlife.execution.Command;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.transition.Decision;
import dev.tokenlife.transition.Evaluation;
import dev.tokenlife.transition.FetchAnswer;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A transition of a fetched chain as the executor sees it. Each is compare-and-act on a generation
 * or a claim, so deciding again is always safe.
 *
 * @param decide the transition
 * @param doneBefore whether a row shows that it was done
 * @param persistent whether conflicts are retried without a bound
 * @param repeatable whether it may be decided again after a lost answer
 */
record FetchCommand(
    BiFunction<@Nullable ChainRow, Evaluation, Decision<FetchAnswer>> decide,
    Predicate<ChainRow> doneBefore,
    boolean persistent,
    boolean repeatable)
    implements Command<FetchAnswer> {
  static FetchCommand of(BiFunction<@Nullable ChainRow, Evaluation, Decision<FetchAnswer>> decide) {
    return new FetchCommand(decide, row -> false, false, true);
  }

  static FetchCommand untilDone(
      BiFunction<@Nullable ChainRow, Evaluation, Decision<FetchAnswer>> decide,
      Predicate<ChainRow> doneBefore) {
    return new FetchCommand(decide, doneBefore, true, true);
  }

  @Override
  public Decision<FetchAnswer> decide(@Nullable ChainRow row, Evaluation evaluation) {
    return decide.apply(row, evaluation);
  }

  @Override
  public @Nullable FetchAnswer recognise(ChainRow row) {
    return doneBefore.test(row) ? new FetchAnswer.Done(row, false) : null;
  }

  @Override
  public FetchAnswer busy() {
    return new FetchAnswer.Busy();
  }

  @Override
  public boolean refuses(FetchAnswer answer) {
    return false;
  }

  @Override
  public boolean repeatableAfterUnknown() {
    return repeatable;
  }
}
