package dev.tokenlife.examples.cluster.member;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who said when that it owns which shard. Safe for use by many threads. */
public final class Ownership {
  private final Map<String, Set<Integer>> owned = new HashMap<>();
  private final List<Gain> gains = new ArrayList<>();

  /**
   * A shard that a node did not own a moment before.
   *
   * @param nanos when the launcher heard of it, up to a report's interval late
   */
  public record Gain(int shard, String node, long nanos) {}

  synchronized void said(String node, Set<Integer> shards) {
    Set<Integer> before = owned.getOrDefault(node, Set.of());
    for (int shard : shards) {
      if (!before.contains(shard)) {
        gains.add(new Gain(shard, node, System.nanoTime()));
      }
    }
    owned.put(node, shards);
  }

  /** Returns who took a shard first after this time, the one it was taken from left aside. */
  public synchronized Optional<Gain> takenAfter(long nanos, int shard, String from) {
    return gains.stream()
        .filter(gain -> gain.shard() == shard && gain.nanos() - nanos > 0)
        .filter(gain -> !gain.node().equals(from))
        .findFirst();
  }
}
