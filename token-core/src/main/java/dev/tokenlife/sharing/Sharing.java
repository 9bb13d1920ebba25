package dev.tokenlife.sharing;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.DueListing.DueChain;
import dev.tokenlife.spi.LeaseTable;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.Shards;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.time.ProcessClock;
import dev.tokenlife.time.TimeSource.Cancellable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process's share of the background work of a store: a heartbeat, the shards it owns, and a
 * look at what is due in them. Both run on the given executor, one at a time, each started by a
 * timer.
 */
public final class Sharing {
  private static final Logger log = LoggerFactory.getLogger(Sharing.class);
  private static final int PAGE = 1_000;

  private final TokenStore store;
  private final ProcessClock clock;
  private final Executor executor;
  private final LeaseTimes times;
  private final Membership membership;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final LongAdder beats = new LongAdder();
  private final LongAdder scans = new LongAdder();
  private Consumer<DueChain> due = chain -> {};
  private volatile @Nullable Cancellable timer;
  private volatile boolean closed;
  private volatile long scannedNanos;
  private volatile boolean scanned;

  /** Prepares to share; nothing is written before {@link #start}. */
  public Sharing(
      TokenStore store,
      ProcessClock clock,
      Executor executor,
      LeaseTimes times,
      String label,
      Supplier<String> ids) {
    this.store = store;
    this.clock = clock;
    this.executor = executor;
    this.times = times;
    this.membership = new Membership(table(store), clock.time(), label, ids, Shards.COUNT, times);
  }

  /** Joins; {@code due} is told of every chain that an owned shard wants refreshed soon. */
  public void start(Consumer<DueChain> consumer) {
    due = consumer;
    tick();
  }

  /** Returns whether this process may start background work for a chain now. */
  public boolean owns(ChainKey key) {
    return membership.owned().contains(Shards.of(key));
  }

  /** Returns whether the owner of a claim is known to be gone. */
  public boolean isDead(String owner) {
    return membership.isDead(owner);
  }

  /** Returns this process's name in claims and leases; a new one after others gave it up. */
  public String incarnation() {
    return membership.incarnation();
  }

  /** Returns for how much longer nobody can have given this process up. */
  public Duration remaining() {
    return Duration.ofNanos(membership.remainingNanos());
  }

  /** Returns who owns what, as this process sees it. */
  public Map<String, Object> status() {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("member", membership.incarnation());
    status.put("members", new TreeSet<>(membership.alive()));
    status.put("ownedShards", new TreeSet<>(membership.owned()));
    status.put("shards", Shards.COUNT);
    status.put("leaseRemainingMillis", remaining().toMillis());
    status.put("heartbeats", beats.sum());
    status.put("scans", scans.sum());
    return status;
  }

  /** Leaves: frees the owned shards, so that others take them at their next heartbeat. */
  public void close() {
    closed = true;
    Cancellable armed = timer;
    if (armed != null) {
      armed.cancel();
    }
    try {
      membership.beat(true);
      membership.leave();
    } catch (StoreException failure) {
      log.warn(
          "Could not leave member={}; its lease runs out by itself",
          membership.incarnation(),
          failure);
    }
  }

  private void tick() {
    if (closed) {
      return;
    }
    try {
      executor.execute(this::work);
    } catch (RejectedExecutionException full) {
      log.warn("No thread for a heartbeat of member={}", membership.incarnation());
    }
    timer = clock.time().schedule(times.heartbeat(), this::tick);
  }

  private void work() {
    if (!busy.compareAndSet(false, true)) {
      return;
    }
    try {
      if (!closed) {
        membership.beat(false);
        beats.increment();
        scanIfTime();
      }
    } catch (StoreException failure) {
      log.warn(
          "A heartbeat failed member={}; it is tried again", membership.incarnation(), failure);
    } finally {
      busy.set(false);
    }
  }

  private void scanIfTime() {
    long now = clock.time().nanos();
    if (scanned && now - scannedNanos < times.scan().toNanos()) {
      return;
    }
    scannedNanos = now;
    scanned = true;
    long before = clock.now() + times.lookAhead().toMillis();
    for (int shard : membership.owned()) {
      scan(shard, before);
    }
    scans.increment();
  }

  private void scan(int shard, long before) {
    Optional<String> cursor = Optional.empty();
    do {
      Page<DueChain> page = store.due().dueBefore(shard, before, cursor, PAGE);
      page.items().forEach(due);
      cursor = page.next();
    } while (cursor.isPresent() && membership.owned().contains(shard));
  }

  private static LeaseTable table(TokenStore store) {
    return store
        .leases()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "this store has no lease table: leave .sharedWith(...) out, or use a store"
                        + " that has one"));
  }
}
