package dev.tokenlife.transition;

import java.util.List;

/**
 * A small world to be explored or wandered through.
 *
 * @param <S> a state of it, compared by value
 * @param <M> a move in it, printed in the history of a failure
 */
interface World<S, M> {
  /** Every move that can be made here. */
  List<M> moves(S state);

  /** Makes a move; throws an {@link AssertionError} if a law is broken. */
  S after(S state, M move);
}
