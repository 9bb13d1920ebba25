package dev.tokenlife.sharing;

import dev.tokenlife.execution.Workers;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.DueListing.DueChain;
import dev.tokenlife.spi.LeaseTable;
import dev.tokenlife.spi.Shards;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.time.ProcessClock;
import dev.tokenlife.time.TimeSource.Cancellable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process's share of the background work of a store: a heartbeat, the shards it owns, and a
 * look at what is due in them. A timer starts each heartbeat on the first of the given workers,
 * which must not be kept busy by anything slow; looks run on the second. Neither overlaps itself.
 */
public final class Sharing {
  private static final Logger log = LoggerFactory.getLogger(Sharing.class);

  private final ProcessClock clock;
  private final Workers heart;
  private final Workers workers;
  private final LeaseTimes times;
  private final Membership membership;
  private final Scan scan;
  private final Semaphore beating = new Semaphore(1);
  private final LongAdder beats = new LongAdder();
  private volatile @Nullable Cancellable timer;
  private volatile boolean closed;

  /** Prepares to share; nothing is written before {@link #start}. */
  public Sharing(
      TokenStore store,
      ProcessClock clock,
      Workers heart,
      Workers workers,
      LeaseTimes times,
      String label,
      Supplier<String> ids) {
    this.clock = clock;
    this.heart = heart;
    this.workers = workers;
    this.times = times;
    this.membership = new Membership(table(store), clock.time(), label, ids, Shards.COUNT, times);
    this.scan = new Scan(store, clock, times, membership);
  }

  /** Joins; {@code due} is told of every chain that an owned shard wants refreshed soon. */
  public void start(Consumer<DueChain> due) {
    scan.tell(due);
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
    Set<Integer> owned = membership.owned();
    status.put("member", membership.incarnation());
    status.put("members", new TreeSet<>(membership.alive()));
    status.put("ownedShards", new TreeSet<>(owned));
    status.put("shards", Shards.COUNT);
    status.put("leaseRemainingMillis", remaining().toMillis());
    status.put("heartbeats", beats.sum());
    status.put("lostHeartbeats", membership.lostHeartbeats());
    status.put("scans", scan.count());
    return status;
  }

  /**
   * Frees the owned shards, so that others take them at their next heartbeat, and takes no new
   * ones. The heartbeat stays, so that nobody takes a claim over while its call runs.
   */
  public void drain(Duration timeout) {
    closed = true;
    Cancellable armed = timer;
    if (armed != null) {
      armed.cancel();
    }
    alone(timeout, () -> membership.beat(true));
  }

  /** Leaves, once nothing runs under a claim any more; else the lease runs out by itself. */
  public void leave(boolean idle, Duration timeout) {
    if (idle) {
      alone(timeout, membership::leave);
    }
    heart.close();
  }

  private void alone(Duration timeout, Runnable task) {
    boolean acquired = false;
    try {
      acquired = beating.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
      if (acquired) {
        task.run();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (StoreException failure) {
      log.warn(
          "Could not leave member={}; its lease runs out by itself",
          membership.incarnation(),
          failure);
    } finally {
      if (acquired) {
        beating.release();
      }
    }
  }

  private void tick() {
    if (closed) {
      return;
    }
    timer = clock.time().schedule(times.heartbeat(), this::tick);
    try {
      heart.executor().execute(this::beat);
    } catch (RejectedExecutionException full) {
      log.warn("No thread for a heartbeat of member={}", membership.incarnation());
    }
  }

  private void beat() {
    if (!beating.tryAcquire()) {
      return;
    }
    try {
      if (!closed) {
        membership.beat(false);
        beats.increment();
      }
    } catch (StoreException failure) {
      log.warn(
          "A heartbeat failed member={}; it is tried again", membership.incarnation(), failure);
    } finally {
      beating.release();
    }
    if (!closed && scan.isTime()) {
      look();
    }
  }

  private void look() {
    try {
      workers.executor().execute(scan::run);
    } catch (RejectedExecutionException full) {
      log.warn("No thread for a look at what is due member={}", membership.incarnation());
    }
  }

  private static LeaseTable table(TokenStore store) {
    return store
        .leases()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "this store has no lease table: leave .sharedAs(...) out, or use a store that"
                        + " has one"));
  }
}
