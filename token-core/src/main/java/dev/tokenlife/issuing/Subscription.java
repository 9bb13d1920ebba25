package dev.tokenlife.issuing;

import dev.tokenlife.execution.Executed;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.Presenter;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenSubscriber;
import dev.tokenlife.time.TimeSource.Cancellable;
import dev.tokenlife.transition.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One holder's subscription. It remembers the row it saw last, so that a rotation is one
 * conditional write without a read; a write that somebody else made shows itself by the lost race.
 * Whatever fails, it looks again after a second: only its owner, its chain and its issuer end it.
 */
final class Subscription {
  private static final Logger log = LoggerFactory.getLogger(Subscription.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Issuer issuer;
  private final Polls polls;
  private final Executor executor;
  private final ChainKey key;
  private final Presenter holder;
  private final TokenSubscriber subscriber;
  private final Consumer<Subscription> onEnd;
  private final AtomicInteger wakes = new AtomicInteger();
  private final AtomicReference<@Nullable StoredChain> newest = new AtomicReference<>();
  private final AtomicReference<@Nullable Cancellable> timer = new AtomicReference<>();
  private long shown;
  private List<LiveToken.PendingCode> codesShown = List.of();
  private volatile boolean troubled;
  private volatile boolean closed;

  Subscription(
      Issuer issuer,
      Polls polls,
      Executor executor,
      ChainKey key,
      Presenter holder,
      TokenSubscriber subscriber,
      Consumer<Subscription> onEnd) {
    this.issuer = issuer;
    this.polls = polls;
    this.executor = executor;
    this.key = key;
    this.holder = holder;
    this.subscriber = subscriber;
    this.onEnd = onEnd;
  }

  ChainKey key() {
    return key;
  }

  /** Returns the newest row it has seen, which may be old; null before the first. */
  @Nullable StoredChain newest() {
    return newest.get();
  }

  /**
   * Looks again, at this row if it is newer than the last; the work is done on the executor. Never
   * throws: it is called by those who have just changed the chain.
   */
  void wake(@Nullable StoredChain stored) {
    newest.accumulateAndGet(stored, Subscription::newer);
    if (wakes.getAndIncrement() == 0) {
      try {
        executor.execute(this::drain);
      } catch (RuntimeException | Error refused) {
        wakes.set(0);
        lookLater(refused);
      }
    }
  }

  void close() {
    closed = true;
    rearm(null);
    onEnd.accept(this);
  }

  /** Only one thread is here at a time; wakes that come meanwhile are one more round. */
  private void drain() {
    int seen = wakes.get();
    do {
      if (!closed) {
        look();
      }
      seen = wakes.addAndGet(-seen);
    } while (seen > 0);
  }

  private void look() {
    try {
      StoredChain known = newest.get();
      Executed<Answer> executed = polls.run(key, holder, known == null ? read() : known);
      if (known != null && mayBeOld(polls.result(executed))) {
        executed = polls.run(key, holder, read());
      }
      PollResult result = polls.result(executed);
      troubled = false;
      if (isNewest(executed.stored())) {
        show(result);
      }
      // Otherwise somebody has changed the chain meanwhile, and the next round is due already.
    } catch (RuntimeException | Error failure) {
      lookLater(failure);
    }
  }

  private boolean isNewest(@Nullable StoredChain seen) {
    StoredChain last = newest.accumulateAndGet(seen, Subscription::newer);
    return seen == null || last == null || revision(last) == revision(seen);
  }

  private @Nullable StoredChain read() {
    return issuer.executor().store().find(key).orElse(null);
  }

  /** A chain comes back from these, so a remembered row is no reason to end. */
  private static boolean mayBeOld(PollResult result) {
    return result instanceof PollResult.Suspended
        || result.equals(new PollResult.Over(Refusal.CHAIN_EXPIRED));
  }

  private void show(PollResult result) {
    if (result instanceof PollResult.Live live) {
      show(live.token());
      arm(live.token().pollAfter());
    } else if (result instanceof PollResult.Busy) {
      arm(AGAIN);
    } else if (!closed) {
      close();
      guarded(() -> subscriber.onOver(result));
    }
  }

  private void show(LiveToken token) {
    boolean isNew = token.generation() != shown || !token.codes().equals(codesShown);
    if (isNew && !closed) {
      shown = token.generation();
      codesShown = token.codes();
      guarded(() -> subscriber.onToken(token));
    }
  }

  /** Says it once per trouble, with the stack trace, and goes on. */
  private void lookLater(Throwable failure) {
    if (!troubled && !closed) {
      log.warn("Could not look at key={} for a subscriber; trying every second", key, failure);
    }
    troubled = true;
    arm(AGAIN);
  }

  private void arm(Duration delay) {
    rearm(issuer.clock().time().schedule(delay, () -> wake(null)));
    if (closed) {
      rearm(null);
    }
  }

  private void rearm(@Nullable Cancellable next) {
    Cancellable old = timer.getAndSet(next);
    if (old != null) {
      old.cancel();
    }
  }

  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error failure) {
      log.warn("A subscriber of key={} failed; its subscription goes on", key, failure);
    }
  }

  static @Nullable StoredChain newer(@Nullable StoredChain a, @Nullable StoredChain b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return revision(b) > revision(a) ? b : a;
  }

  private static long revision(StoredChain stored) {
    return stored.row().control().revision();
  }
}
