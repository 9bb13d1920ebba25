/**
 * The vocabulary: chain keys, the chain's one row and its parts, outcomes, tokens and failures.
 * Everything here is immutable and free of I/O, clocks and threads. Points in time are milliseconds
 * since the epoch unless they are {@link java.time.Instant}s.
 */
@NullMarked
package dev.tokenlife.model;

import org.jspecify.annotations.NullMarked;
