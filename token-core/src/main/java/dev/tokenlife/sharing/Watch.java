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

  /** Returns the incarnations that are neither given up nor silent for the lease time, sorted. */
  List<String> alive(long nanos) {
    List<String> alive = new ArrayList<>();
    members.forEach(
        (name, seen) -> {
          if (!isDead(seen, nanos)) {
            alive.add(Names.incarnation(name));
          }
        });
    alive.sort(null);
    return alive;
  }

  /** Returns the heartbeats that stood still for the lease time and are not marked yet. */
  List<Lease> silent(long nanos) {
    List<Lease> silent = new ArrayList<>();
    for (Seen seen : members.values()) {
      if (!Names.DEAD.equals(seen.lease().next()) && nanos - seen.nanos() >= leaseNanos) {
        silent.add(seen.lease());
      }
    }
    return silent;
  }

  /** Returns the names of rows that were given up long ago. */
  List<String> longDead(long nanos) {
    return members.entrySet().stream()
        .filter(entry -> Names.DEAD.equals(entry.getValue().lease().next()))
        .filter(entry -> nanos - entry.getValue().nanos() >= 10 * leaseNanos)
        .map(Map.Entry::getKey)
        .toList();
  }

  private boolean isDead(Seen seen, long nanos) {
    return Names.DEAD.equals(seen.lease().next()) || nanos - seen.nanos() >= leaseNanos;
  }
}
