package dev.tokenlife.spi;

/**
 * Is told what happened. Called on the thread that did the work, after its result is visible to
 * callers; must be quick and must not block. What it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface TokenListener {
  /**
   * Receives one event. When several threads change one chain at once, their events may arrive in
   * another order than the changes were made; the generation tells.
   */
  void onEvent(TokenEvent event);
}
