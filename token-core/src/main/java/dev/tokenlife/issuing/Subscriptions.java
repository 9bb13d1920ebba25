package dev.tokenlife.issuing;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Presenter;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenSubscriber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Pushes live tokens to those who hold the chain. A subscription costs one timer and one
 * conditional write per rotation; nothing runs for chains that nobody subscribes to.
 */
public final class Subscriptions {
  private final Issuer issuer;
  private final Polls polls;
  private final Executor executor;
  private final Map<ChainKey, Set<Subscription>> open = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** Pushes on this executor. */
  public Subscriptions(Issuer issuer, Polls polls, Executor executor) {
    this.issuer = issuer;
    this.polls = polls;
    this.executor = executor;
    issuer.onChange(this::changed);
    issuer.onRecall(this::newest);
  }

  /**
   * Starts a subscription; the first token or the end follows on the executor.
   *
   * @return what ends it without another word
   * @throws IllegalStateException if the issuer was closed
   */
  public AutoCloseable subscribe(ChainKey key, Presenter holder, TokenSubscriber subscriber) {
    Subscription subscription =
        new Subscription(issuer, polls, executor, key, holder, subscriber, this::ended);
    open.compute(
        key,
        (k, others) -> {
          Set<Subscription> all = others == null ? ConcurrentHashMap.newKeySet() : others;
          all.add(subscription);
          return all;
        });
    if (closed) {
      subscription.close();
      throw new IllegalStateException("these Chains are closed: nobody can be shown their tokens");
    }
    subscription.wake(null);
    return subscription::close;
  }

  /** Returns how many subscriptions are open. */
  public int size() {
    return open.values().stream().mapToInt(Set::size).sum();
  }

  /** Ends all, without another word to anybody. */
  public void close() {
    closed = true;
    Collection<Set<Subscription>> all = new ArrayList<>(open.values());
    all.forEach(set -> new ArrayList<>(set).forEach(Subscription::close));
  }

  private void changed(StoredChain stored) {
    Set<Subscription> concerned = open.get(stored.row().key());
    if (concerned != null) {
      concerned.forEach(subscription -> subscription.wake(stored));
    }
  }

  /** Returns the newest row that a subscription of this chain has seen; null if there is none. */
  private @Nullable StoredChain newest(ChainKey key) {
    StoredChain newest = null;
    for (Subscription subscription : open.getOrDefault(key, Set.of())) {
      newest = Subscription.newer(newest, subscription.newest());
    }
    return newest;
  }

  private void ended(Subscription subscription) {
    open.computeIfPresent(
        subscription.key(),
        (k, others) -> {
          others.remove(subscription);
          return others.isEmpty() ? null : others;
        });
  }
}
