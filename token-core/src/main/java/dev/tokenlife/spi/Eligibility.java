package dev.tokenlife.spi;

import dev.tokenlife.model.ChainView;

/**
 * The application's word on who may take a chain over. Asked once per attempt, for the sequence
 * that was read, on a thread of the library and with a deadline. Whatever it throws, and no answer
 * in time, is a no.
 */
@FunctionalInterface
public interface Eligibility {
  /**
   * Returns whether this actor may take this chain over.
   *
   * @throws Exception counts as a no
   */
  boolean mayTake(ChainView chain, String actor) throws Exception;
}
