/**
 * Time as an injected dependency: wall clock, monotonic ticker, timers and naps come from one
 * {@link dev.tokenlife.time.TimeSource}, so that a whole application runs in {@link
 * dev.tokenlife.time.VirtualTime} without waiting. Expiry is wall time; delays are monotonic time.
 */
@NullMarked
package dev.tokenlife.time;

import org.jspecify.annotations.NullMarked;
