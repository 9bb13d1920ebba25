package dev.tokenlife.spi;

/**
 * Is told what happened. Called on the thread that did the work, after its result is visible to
 * callers; must be quick and must not block. What it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface TokenListener {
  /** Receives one event; events of one chain arrive in the order of their revisions per process. */
  void onEvent(TokenEvent event);
}
