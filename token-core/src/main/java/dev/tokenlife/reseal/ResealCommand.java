package dev.tokenlife.reseal;

import dev.tokenlife.execution.Command;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.transition.Decision;
import dev.tokenlife.transition.Evaluation;
import dev.tokenlife.transition.Reseal;
import org.jspecify.annotations.Nullable;

/** A resealing as the executor sees it; compare-and-act on a revision, so it is safe to repeat. */
record ResealCommand(Reseal reseal) implements Command<Boolean> {
  @Override
  public Decision<Boolean> decide(@Nullable ChainRow row, Evaluation evaluation) {
    return reseal.decide(row, evaluation);
  }

  @Override
  public @Nullable Boolean recognise(ChainRow row) {
    return null;
  }

  @Override
  public Boolean busy() {
    return false;
  }

  @Override
  public boolean refuses(Boolean answer) {
    return false;
  }
}
