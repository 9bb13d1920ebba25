/**
 * The people: when they are awake, what they read, and what they noticed. Reads run on the callers'
 * own threads, as requests of a service would.
 */
@NullMarked
package dev.tokenlife.examples.fleet.users;

import org.jspecify.annotations.NullMarked;
