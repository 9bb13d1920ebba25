/** What is written down while the fleet runs: counts per second and latencies. */
@NullMarked
package dev.tokenlife.examples.fleet.record;

import org.jspecify.annotations.NullMarked;
