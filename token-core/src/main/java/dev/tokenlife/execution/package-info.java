/**
 * Executes transitions: read the row, decide, compare-and-set; after a lost race or a lost answer
 * look first whether it was done already, then decide again. Runs on the thread that calls it and
 * holds no lock while it talks to the store.
 */
@NullMarked
package dev.tokenlife.execution;

import org.jspecify.annotations.NullMarked;
