package dev.tokenlife.examples.cluster.member;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a node said it stands.
 *
 * @param incarnation its name in claims and leases
 * @param owned the shards it owns
 * @param heartbeats how many it has written
 * @param byTimer refreshes it started by itself
 * @param byCaller refreshes that a caller had to wait for or asked for
 * @param reads tokens its callers got
 * @param refusals how often they got none
 * @param signingIn how many persons are still to sign in there
 * @param unstored the grants whose results it received and could not store for a while
 * @param requests everything it sent to the store
 * @param requestFailures of these, what brought no usable answer
 * @param leaseWrites of these, writes to the lease table
 * @param leasePages of these, pages read of the lease table
 */
public record Status(
    String incarnation,
    Set<Integer> owned,
    long heartbeats,
    long byTimer,
    long byCaller,
    long reads,
    long refusals,
    long signingIn,
    Set<String> unstored,
    long requests,
    long requestFailures,
    long leaseWrites,
    long leasePages) {
  /** Before anything was said. */
  static final Status NONE = new Status("", Set.of(), 0, 0, 0, 0, 0, 0, Set.of(), 0, 0, 0, 0);

  static Status of(JsonNode line) {
    JsonNode sharing = line.get("sharing");
    Set<Integer> owned = new TreeSet<>();
    sharing.get("ownedShards").forEach(shard -> owned.add(shard.asInt()));
    Set<String> unstored = new TreeSet<>();
    line.get("unstored").forEach(grant -> unstored.add(grant.asText()));
    return new Status(
        sharing.get("member").asText(),
        Set.copyOf(owned),
        sharing.get("heartbeats").asLong(),
        line.get("byTimer").asLong(),
        line.get("byCaller").asLong(),
        line.get("reads").asLong(),
        line.get("refusals").asLong(),
        line.get("signingIn").asLong(),
        Set.copyOf(unstored),
        line.get("requests").asLong(),
        line.get("requestFailures").asLong(),
        line.get("leaseWrites").asLong(),
        line.get("leasePages").asLong());
  }

  /** Returns how many refreshes it made. */
  public long refreshes() {
    return byTimer + byCaller;
  }
}
