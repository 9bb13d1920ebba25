package dev.tokenlife.sharing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who should own which shard: rendezvous hashing with quotas. Every member that sees the same
 * members computes the same, and a member that comes or goes moves few shards. Pure.
 */
final class Assignment {
  private Assignment() {}

  /** Returns the owner of each shard; empty if there are no members. */
  static Map<Integer, String> of(List<String> members, int shards) {
    Map<Integer, String> owners = new HashMap<>();
    if (members.isEmpty()) {
      return owners;
    }
    int quota = (shards + members.size() - 1) / members.size();
    Map<String, Integer> load = new HashMap<>();
    for (int shard = 0; shard < shards; shard++) {
      for (String member : byPreference(members, shard)) {
        if (load.getOrDefault(member, 0) < quota) {
          load.merge(member, 1, Integer::sum);
          owners.put(shard, member);
          break;
        }
      }
    }
    return owners;
  }

  private static List<String> byPreference(List<String> members, int shard) {
    List<String> sorted = new ArrayList<>(members);
    sorted.sort(
        Comparator.comparingLong((String member) -> weight(member, shard))
            .thenComparing(Comparator.naturalOrder()));
    return sorted;
  }

  private static long weight(String member, int shard) {
    long x = member.hashCode() * 0x9E3779B97F4A7C15L + shard * 0xC2B2AE3D27D4EB4FL;
    x ^= x >>> 29;
    x *= 0xBF58476D1CE4E5B9L;
    x ^= x >>> 32;
    return x;
  }
}
