package dev.tokenlife.examples.cluster.node;

import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.TokenListener;
import dev.tokenlife.spi.Trigger;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Counts refreshes, and keeps what the launcher must hear of until it is reported. */
final class NodeEvents implements TokenListener {
  private final Map<Trigger, LongAdder> refreshed = new EnumMap<>(Trigger.class);
  private final Queue<TokenEvent> untold = new ConcurrentLinkedQueue<>();
  private volatile Consumer<String> signIn = grant -> {};
  private volatile Consumer<String> stored = grant -> {};

  NodeEvents() {
    for (Trigger trigger : Trigger.values()) {
      refreshed.put(trigger, new LongAdder());
    }
  }

  /** Says who brings a person that signs in. */
  void onSignIn(Consumer<String> persons) {
    signIn = persons;
  }

  /** Says who wants to hear of each grant whose new token is durable. */
  void onStored(Consumer<String> results) {
    stored = results;
  }

  @Override
  public void onEvent(TokenEvent event) {
    switch (event.type()) {
      case REFRESHED -> {
        count(event.trigger());
        stored.accept(event.key().id());
      }
      case ADOPTED -> stored.accept(event.key().id());
      case SIGN_IN_REQUIRED -> {
        untold.add(event);
        signIn.accept(event.key().id());
      }
      case CLAIM_ABANDONED, RESENT, REFRESH_FAILED, CLOCK_SKEW -> untold.add(event);
      default -> {}
    }
  }

  long refreshed(Trigger trigger) {
    LongAdder count = refreshed.get(trigger);
    return count == null ? 0 : count.sum();
  }

  /** Hands over what is to be reported. */
  void drain(Consumer<TokenEvent> to) {
    for (TokenEvent event = untold.poll(); event != null; event = untold.poll()) {
      to.accept(event);
    }
  }

  private void count(Trigger trigger) {
    LongAdder count = refreshed.get(trigger);
    if (count != null) {
      count.increment();
    }
  }
}
