package dev.tokenlife.examples.attendance.web;

import dev.tokenlife.Chains;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.spi.TokenSubscriber;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One open page, and the chains it follows. */
final class Stream {
  private final Chains chains;
  private final Shown shown;
  private final String person;
  private final String origin;
  private final Outbox outbox;
  private final ConcurrentMap<ChainKey, Following> following = new ConcurrentHashMap<>();

  Stream(
      Chains chains,
      Shown shown,
      String person,
      String origin,
      Outbox outbox,
      Consumer<Stream> onClose) {
    this.chains = chains;
    this.shown = shown;
    this.person = person;
    this.origin = origin;
    this.outbox = outbox;
    outbox.onClose(
        () -> {
          following.values().forEach(Following::stop);
          following.clear();
          onClose.accept(this);
        });
  }

  /** Follows a chain the person holds now; a subscription to an earlier turn is replaced. */
  void follow(ChainKey chain) {
    Following next = new Following(chain);
    Following last = following.put(chain, next);
    if (last != null) {
      last.stop();
    }
    next.start();
    if (outbox.isClosed()) {
      next.stop();
    }
  }

  void say(String event, Map<String, ?> data) {
    outbox.add("event: " + event + "\ndata: " + Json.text(data) + "\n\n");
  }

  void beat() {
    outbox.add(":\n\n");
  }

  void close() {
    outbox.close();
  }

  /** One turn as the holder of a chain. */
  private final class Following implements TokenSubscriber {
    private final ChainKey chain;
    private @Nullable AutoCloseable subscription;
    private boolean stopped;

    Following(ChainKey chain) {
      this.chain = chain;
    }

    void start() {
      AutoCloseable started = chains.subscribe(chain, person, this);
      synchronized (this) {
        subscription = started;
      }
      if (isStopped()) {
        stop();
      }
    }

    void stop() {
      AutoCloseable open;
      synchronized (this) {
        stopped = true;
        open = subscription;
      }
      Quietly.close(open);
    }

    private synchronized boolean isStopped() {
      return stopped;
    }

    @Override
    public void onToken(LiveToken token) {
      if (!isStopped()) {
        say("token", shown.live(token, origin, true));
      }
    }

    @Override
    public void onOver(PollResult reason) {
      if (following.remove(chain, this)) {
        say("over", Map.of("chainId", chain.id(), "reason", HolderApi.reason(reason)));
      }
    }
  }
}
