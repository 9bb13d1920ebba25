package dev.tokenlife.issuing;

import dev.tokenlife.execution.Command;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.transition.Answer;
import dev.tokenlife.transition.Decision;
import dev.tokenlife.transition.Evaluation;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A transition of an issued chain as the executor sees it. */
final class IssuedCommand implements Command<Answer> {
  private final BiFunction<@Nullable ChainRow, Evaluation, Decision<Answer>> decide;
  private final Predicate<ChainRow> doneBefore;
  private final boolean persistent;
  private final boolean repeatable;

  private IssuedCommand(
      BiFunction<@Nullable ChainRow, Evaluation, Decision<Answer>> decide,
      Predicate<ChainRow> doneBefore,
      boolean persistent,
      boolean repeatable) {
    this.decide = decide;
    this.doneBefore = doneBefore;
    this.persistent = persistent;
    this.repeatable = repeatable;
  }

  /** A command that only its own op can recognise. */
  static IssuedCommand of(BiFunction<@Nullable ChainRow, Evaluation, Decision<Answer>> decide) {
    return new IssuedCommand(decide, row -> false, false, true);
  }

  /** A command that leaves its mark in the row. */
  IssuedCommand recognisedBy(Predicate<ChainRow> mark) {
    return new IssuedCommand(decide, mark, persistent, repeatable);
  }

  /** A command that is taken up again until it is done. */
  IssuedCommand untilDone() {
    return new IssuedCommand(decide, doneBefore, true, repeatable);
  }

  /** A command that must not be decided again after a lost answer. */
  IssuedCommand onceOnly() {
    return new IssuedCommand(decide, doneBefore, persistent, false);
  }

  @Override
  public Decision<Answer> decide(@Nullable ChainRow row, Evaluation evaluation) {
    return decide.apply(row, evaluation);
  }

  @Override
  public @Nullable Answer recognise(ChainRow row) {
    return doneBefore.test(row) ? new Answer.Done(row, false) : null;
  }

  @Override
  public Answer busy() {
    return new Answer.Refused(Refusal.BUSY);
  }

  @Override
  public boolean refuses(Answer answer) {
    return answer instanceof Answer.Refused;
  }

  @Override
  public boolean persistent() {
    return persistent;
  }

  @Override
  public boolean repeatableAfterUnknown() {
    return repeatable;
  }
}
