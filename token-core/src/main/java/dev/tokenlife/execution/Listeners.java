package dev.tokenlife.execution;

import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.TokenListener;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners, on the calling thread; what one of them throws reaches neither caller nor
 * others.
 */
public final class Listeners {
  private static final Logger log = LoggerFactory.getLogger(Listeners.class);

  private final List<TokenListener> listeners;

  /** Tells these, in this order. */
  public Listeners(List<TokenListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  /** Tells everybody. */
  public void tell(TokenEvent event) {
    for (TokenListener listener : listeners) {
      try {
        listener.onEvent(event);
      } catch (RuntimeException | Error failure) {
        log.warn(
            "A listener failed on {} of key={}; nothing else is affected",
            event.type(),
            event.key(),
            failure);
      }
    }
  }
}
