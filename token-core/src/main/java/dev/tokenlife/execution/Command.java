package dev.tokenlife.execution;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.transition.Decision;
import dev.tokenlife.transition.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * One command on one chain, as the executor needs to see it.
 *
 * @param <A> what it comes to
 */
public interface Command<A> {
  /** Decides on a row; pure. */
  Decision<A> decide(@Nullable ChainRow row, Evaluation evaluation);

  /**
   * Returns the answer if the row shows that an earlier attempt of this command was committed and
   * others have written since; null if it does not show it.
   */
  @Nullable A recognise(ChainRow row);

  /** Returns the answer when nothing could be decided. */
  A busy();

  /**
   * Returns whether an answer says no; such an answer is not given once a store answer was lost.
   */
  boolean refuses(A answer);

  /** Returns whether conflicts are retried without a bound. */
  default boolean persistent() {
    return false;
  }

  /** Returns whether the command may be decided again after a store answer was lost. */
  default boolean repeatableAfterUnknown() {
    return true;
  }
}
