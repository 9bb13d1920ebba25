package dev.tokenlife.spi;

import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.PollResult;

/**
 * Is shown a holder's live tokens as they change. Called by one thread at a time, on a thread of
 * the library; must not block for long.
 */
public interface TokenSubscriber {
  /** The next live token; each generation once, in order. */
  void onToken(LiveToken token);

  /**
   * The end: the holder no longer holds the chain, or the chain yields nothing any more. Called
   * once; nothing follows.
   */
  void onOver(PollResult reason);
}
