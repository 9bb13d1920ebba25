/**
 * Moves everything a store holds into a file, and out of one into any store. {@link
 * dev.tokenlife.backup.Backup} and {@link dev.tokenlife.backup.Restore} run on the caller's thread,
 * one page at a time, and know stores only by {@link dev.tokenlife.spi.StoreContents} and {@link
 * dev.tokenlife.spi.LeaseTable}.
 *
 * <p>The file has one JSON object per line, in ASCII. What follows from the rest is not in it: due
 * hints, the holder index, who owned which shard. Nor is what must not come back: the nonces and
 * challenges of chains that were issued here. Secrets of upstreams stay sealed as they are in the
 * store; the key ring that opens them is not part of a backup.
 */
@NullMarked
package dev.tokenlife.backup;

import org.jspecify.annotations.NullMarked;
