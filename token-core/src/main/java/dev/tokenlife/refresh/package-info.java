/**
 * The one refresh path for fetched chains, whoever starts it: join the flight of the key, look at
 * the row, ask the guard, claim, call the source, store, publish, plan, answer, tell. Readers are
 * served from immutable snapshots; only a caller without a usable token ever waits.
 *
 * <p>Threads: the source is called on the thread the engine chose, or hangs on it while the attempt
 * goes on elsewhere; a caller's own thread reads at most a row.
 */
@NullMarked
package dev.tokenlife.refresh;

import org.jspecify.annotations.NullMarked;
