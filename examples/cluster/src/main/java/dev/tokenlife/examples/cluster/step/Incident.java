package dev.tokenlife.examples.cluster.step;

import java.util.Set;

/**
 * Something that was done to a process.
 *
 * @param step what
 * @param node to which
 * @param nanos when
 * @param shards what it owned then
 * @param claims the grants for which it had announced a call then: its calls in flight
 */
public record Incident(
    Step step, String node, long nanos, Set<Integer> shards, Set<String> claims) {}
