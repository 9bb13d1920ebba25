package dev.tokenlife.sharing;

import dev.tokenlife.spi.Lease;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Remembers when each member's heartbeat was last seen to move, on this process's own ticker. */
final class Watch {
  private final Map<String, Seen> members = new HashMap<>();
  private final long leaseNanos;

  /** A heartbeat and when it was first seen. */
  private record Seen(Lease lease, long nanos) {}

  Watch(long leaseNanos) {
    this.leaseNanos = leaseNanos;
  }

  /** Takes in what the table says now. */
  void see(List<Lease> rows, long nanos) {
    Set<String> present = new HashSet<>();
    for (Lease lease : rows) {
      if (!lease.name().startsWith(Names.MEMBER)) {
        continue;
      }
      present.add(lease.name());
      Seen known = members.get(lease.name());
      boolean still = known != null && known.lease().counter() == lease.counter();
      long since = known != null && still ? known.nanos() : nanos;
      members.put(lease.name(), new Seen(lease, since));
    }
    members.keySet().retainAll(present);
  }

  /**
   * Returns the incarnations that nobody has given up, sorted. Silence alone kills nobody: who
   * wakes up before the mark is written goes on.
   */
  List<String> alive() {
    List<String> alive = new ArrayList<>();
    members.forEach(
        (name, seen) -> {
          if (!isMarked(seen.lease())) {
            alive.add(Names.incarnation(name));
          }
        });
    alive.sort(null);
    return alive;
  }

  /** Is told that the mark on a silent heartbeat was written. */
  void gaveUp(Lease marked, long nanos) {
    members.put(marked.name(), new Seen(marked, nanos));
  }

  /** Returns the heartbeats that stood still for the lease time and are not marked yet. */
  List<Lease> silent(long nanos) {
    List<Lease> silent = new ArrayList<>();
    for (Seen seen : members.values()) {
      if (!isMarked(seen.lease()) && nanos - seen.nanos() >= leaseNanos) {
        silent.add(seen.lease());
      }
    }
    return silent;
  }

  /** Returns the names of rows that were given up long ago. */
  List<String> longDead(long nanos) {
    return members.entrySet().stream()
        .filter(entry -> isMarked(entry.getValue().lease()))
        .filter(entry -> nanos - entry.getValue().nanos() >= 10 * leaseNanos)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isMarked(Lease lease) {
    return Names.DEAD.equals(lease.next());
  }
}
