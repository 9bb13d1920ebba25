package dev.tokenlife.sharing;

import dev.tokenlife.spi.DueListing.DueChain;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.time.ProcessClock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for what is due soon in the owned shards: in each of them once per interval, and at once in
 * one that was just taken over. One look runs at a time; what fails is looked at again.
 */
final class Scan {
  private static final Logger log = LoggerFactory.getLogger(Scan.class);
  private static final int PAGE = 1_000;

  private final TokenStore store;
  private final ProcessClock clock;
  private final LeaseTimes times;
  private final Membership membership;
  private final AtomicBoolean running = new AtomicBoolean();
  private final LongAdder looks = new LongAdder();

  /** When each owned shard was looked at, on the ticker; guarded by itself. */
  private final Map<Integer, Long> looked = new HashMap<>();

  private volatile Consumer<DueChain> due = chain -> {};

  Scan(TokenStore store, ProcessClock clock, LeaseTimes times, Membership membership) {
    this.store = store;
    this.clock = clock;
    this.times = times;
    this.membership = membership;
  }

  void tell(Consumer<DueChain> consumer) {
    due = consumer;
  }

  long count() {
    return looks.sum();
  }

  /** Returns whether there is a shard to look at. */
  boolean isTime() {
    return membership.owned().stream().anyMatch(this::isTime);
  }

  void run() {
    if (!running.compareAndSet(false, true)) {
      return;
    }
    try {
      forgetLost();
      for (int shard : membership.owned()) {
        if (isTime(shard)) {
          look(shard);
        }
      }
      looks.increment();
    } catch (StoreException failure) {
      log.warn(
          "A look at what is due failed member={}; it is tried again",
          membership.incarnation(),
          failure);
    } finally {
      running.set(false);
    }
  }

  private boolean isTime(int shard) {
    synchronized (looked) {
      Long last = looked.get(shard);
      return last == null || clock.time().nanos() - last >= times.scan().toNanos();
    }
  }

  /** A shard that went and comes back is looked at anew. */
  private void forgetLost() {
    synchronized (looked) {
      looked.keySet().retainAll(membership.owned());
    }
  }

  private void look(int shard) {
    long startedNanos = clock.time().nanos();
    long before = clock.now() + times.lookAhead().toMillis();
    Optional<String> cursor = Optional.empty();
    do {
      Page<DueChain> page = store.due().dueBefore(shard, before, cursor, PAGE);
      page.items().forEach(due);
      cursor = page.next();
    } while (cursor.isPresent() && membership.owned().contains(shard));
    synchronized (looked) {
      looked.put(shard, startedNanos);
    }
  }
}
