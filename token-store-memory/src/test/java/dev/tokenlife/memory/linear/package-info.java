/**
 * The linearizability of one chain on the memory store, checked by Lincheck: threads press the
 * buttons of the front door at random, and every history must be one that the pure transitions, run
 * one after the other, could have made (Herlihy and Wing, "Linearizability", 1990). Stores with one
 * planted mistake each show that the check would notice.
 */
@NullMarked
package dev.tokenlife.memory.linear;

import org.jspecify.annotations.NullMarked;
