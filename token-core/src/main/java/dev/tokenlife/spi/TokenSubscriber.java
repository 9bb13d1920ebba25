package dev.tokenlife.spi;

import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.PollResult;

/**
 * Is shown a holder's live tokens as they change. Called by one thread at a time, on a thread of
 * the library; must not block for long. What it throws is logged and changes nothing. A store that
 * is down delays what comes next and ends nothing.
 */
public interface TokenSubscriber {
  /**
   * The next live token; each generation once, in order, and again only when the codes to be shown
   * with it have changed.
   */
  void onToken(LiveToken token);

  /**
   * The end: the holder no longer holds the chain, or the chain yields nothing any more, for now
   * ({@link PollResult.Suspended}: subscribe again when it goes on) or for good. Called once;
   * nothing follows.
   */
  void onOver(PollResult reason);
}
