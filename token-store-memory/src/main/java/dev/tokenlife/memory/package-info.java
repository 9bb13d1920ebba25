/**
 * Keeps chains in the memory of one process.
 *
 * <p>Rows are packed into byte arrays in one ordered map; beside it are an ordered index of what is
 * due and the companions. Caffeine holds only the chains that are over, and says when they may go.
 * Nothing here has a thread: what is done is done on the caller's, or on the timer of the time
 * source.
 */
@NullMarked
package dev.tokenlife.memory;

import org.jspecify.annotations.NullMarked;
