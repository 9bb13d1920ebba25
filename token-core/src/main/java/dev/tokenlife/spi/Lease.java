package dev.tokenlife.spi;

/**
 * One row of the lease table: a member's heartbeat, or the ownership of a shard.
 *
 * @param name {@code m:} and the member's incarnation, or {@code s:} and the shard's number
 * @param owner the incarnation that owns a shard; a member's label for people; empty for nobody
 * @param counter a member's heartbeats; a shard's epoch, one more with every change of owner
 * @param next the incarnation a shard is to be handed to; {@code dead} for a member that others
 *     have given up; empty for neither
 * @param version the store's own mark; empty for a row that is to be inserted
 */
public record Lease(String name, String owner, long counter, String next, String version) {}
