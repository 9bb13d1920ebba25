/**
 * Seeded simulations of several processes that keep grants fresh: everything happens in virtual
 * time on one thread, and a seed is a history.
 */
@NullMarked
package dev.tokenlife.simulation;

import org.jspecify.annotations.NullMarked;
