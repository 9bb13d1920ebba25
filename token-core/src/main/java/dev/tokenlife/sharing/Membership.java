package dev.tokenlife.sharing;

import dev.tokenlife.spi.Lease;
import dev.tokenlife.spi.LeaseTable;
import dev.tokenlife.time.TimeSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process's part in the lease table. Each {@link #beat} costs one write and one page read, plus
 * a write for each shard that changes hands. Called by one thread at a time; what it publishes may
 * be read by all.
 */
final class Membership {
  private static final Logger log = LoggerFactory.getLogger(Membership.class);

  private final LeaseTable table;
  private final TimeSource time;
  private final String label;
  private final Supplier<String> ids;
  private final int shards;
  private final long leaseNanos;
  private final Watch watch;
  private Lease own;
  private volatile Set<Integer> owned = Set.of();
  private volatile Set<String> alive = Set.of();
  private volatile Set<String> known = Set.of();
  private volatile String incarnation;
  private volatile long confirmedNanos;
  private volatile boolean confirmed;
  private final LongAdder lostHeartbeats = new LongAdder();

  Membership(
      LeaseTable table,
      TimeSource time,
      String label,
      Supplier<String> ids,
      int shards,
      LeaseTimes times) {
    this.table = table;
    this.time = time;
    this.label = label;
    this.ids = ids;
    this.shards = shards;
    this.leaseNanos = times.lease().toNanos();
    this.watch = new Watch(leaseNanos);
    this.incarnation = ids.get();
    this.own = fresh(incarnation);
  }

  /** Writes the heartbeat, reads the table, and takes, asks for and hands over shards. */
  void beat(boolean leaving) {
    long before = time.nanos();
    if (!heartbeat(before)) {
      return;
    }
    List<Lease> rows = table.all();
    long now = time.nanos();
    watch.see(rows, now);
    giveUpSilent(now);
    List<String> members = watch.alive();
    if (!members.contains(incarnation)) {
      restart();
      return;
    }
    alive = Set.copyOf(members);
    publishKnown(rows);
    settle(rows, leaving ? without(members) : members, leaving);
    confirmedNanos = before;
    confirmed = true;
  }

  /** Removes the own heartbeat, so that nobody waits for the lease to run out. */
  void leave() {
    owned = Set.of();
    confirmed = false;
    table.remove(own.name());
  }

  /** Returns the shards this process may start work for now. */
  Set<Integer> owned() {
    return remainingNanos() > 0 ? owned : Set.of();
  }

  /** Returns for how much longer no other process can have given this one up, in nanoseconds. */
  long remainingNanos() {
    return confirmed ? Math.max(0, leaseNanos - (time.nanos() - confirmedNanos)) : 0;
  }

  String incarnation() {
    return incarnation;
  }

  /** Returns whether an incarnation was in the table once and is given up or gone. */
  boolean isDead(String other) {
    return known.contains(other) && !alive.contains(other) && !other.equals(incarnation);
  }

  Set<String> alive() {
    return alive;
  }

  /** A process that others have given up starts again under another name, owning nothing. */
  private boolean heartbeat(long before) {
    if (confirmed && before - confirmedNanos >= leaseNanos) {
      owned = Set.of();
    }
    Optional<Lease> written =
        table.put(new Lease(own.name(), label, own.counter() + 1, "", own.version()));
    if (written.isPresent()) {
      own = written.get();
      return true;
    }
    Optional<Lease> found =
        table.all().stream().filter(row -> row.name().equals(own.name())).findFirst();
    boolean answerWasLost =
        found.isPresent()
            && !Names.DEAD.equals(found.get().next())
            && found.get().counter() == own.counter() + 1;
    if (answerWasLost) {
      own = found.get();
      return true;
    }
    if (found.isPresent() && found.get().counter() < own.counter()) {
      lostHeartbeats.increment();
      log.error(
          "The store lost writes that it had acknowledged, a heartbeat of member={} among them:"
              + " epochs, claims and refresh tokens may have gone back too",
          incarnation);
    }
    restart();
    return false;
  }

  /**
   * Returns how often the store was caught without a heartbeat that it had acknowledged. Nobody
   * lowers a counter; a row that is gone says nothing, it may be long ago that others gave us up.
   */
  long lostHeartbeats() {
    return lostHeartbeats.sum();
  }

  private void restart() {
    log.warn("Others have given this process up member={}: starting again", incarnation);
    owned = Set.of();
    confirmed = false;
    incarnation = ids.get();
    own = fresh(incarnation);
  }

  /** Marked under its version: a heartbeat that moved meanwhile is not given up. */
  private void giveUpSilent(long now) {
    for (Lease silent : watch.silent(now)) {
      Lease mark =
          new Lease(silent.name(), silent.owner(), silent.counter(), Names.DEAD, silent.version());
      Optional<Lease> marked = table.put(mark);
      if (marked.isPresent()) {
        watch.gaveUp(marked.get(), now);
        log.warn("Gave up member={} label={}", Names.incarnation(silent.name()), silent.owner());
      }
    }
    watch.longDead(now).forEach(table::remove);
  }

  private void publishKnown(List<Lease> rows) {
    Set<String> names = new TreeSet<>(known);
    for (Lease row : rows) {
      if (row.name().startsWith(Names.MEMBER)) {
        names.add(Names.incarnation(row.name()));
      }
    }
    if (names.size() > 1_000) {
      names.retainAll(alive);
    }
    known = Set.copyOf(names);
  }

  private void settle(List<Lease> rows, List<String> members, boolean leaving) {
    Map<Integer, String> targets = Assignment.of(members, shards);
    Map<String, Lease> byName = new HashMap<>();
    rows.forEach(row -> byName.put(row.name(), row));
    Set<Integer> mine = new TreeSet<>();
    for (int shard = 0; shard < shards; shard++) {
      Lease row =
          byName.getOrDefault(Names.shard(shard), new Lease(Names.shard(shard), "", 0, "", ""));
      if (settle(row, targets.getOrDefault(shard, ""), leaving)) {
        mine.add(shard);
      }
    }
    owned = Set.copyOf(mine);
  }

  /** Returns whether the shard is ours after this beat. */
  private boolean settle(Lease row, String target, boolean leaving) {
    boolean ours = row.owner().equals(incarnation);
    boolean ownerAlive = alive.contains(row.owner());
    if (ours) {
      return target.equals(incarnation) || !handOver(row, target, leaving);
    }
    if (!target.equals(incarnation)) {
      return false;
    }
    if (!ownerAlive) {
      return write(row, incarnation, row.counter() + 1, "");
    }
    if (!row.next().equals(incarnation)) {
      write(row, row.owner(), row.counter(), incarnation);
    }
    return false;
  }

  /**
   * Handed over only to who asked for it and is alive, and kept until then; set free on leaving.
   */
  private boolean handOver(Lease row, String target, boolean leaving) {
    String to = row.next();
    boolean asked = !to.isEmpty() && alive.contains(to) && to.equals(target);
    return (asked || leaving) && write(row, asked ? to : "", row.counter() + 1, "");
  }

  private boolean write(Lease row, String owner, long epoch, String next) {
    return table.put(new Lease(row.name(), owner, epoch, next, row.version())).isPresent();
  }

  private List<String> without(List<String> members) {
    return members.stream().filter(member -> !member.equals(incarnation)).toList();
  }

  private Lease fresh(String name) {
    return new Lease(Names.member(name), label, 0, "", "");
  }
}
