/**
 * Moves stored rows to the primary key of a ring, so that the old key can retire. Runs on the
 * calling thread, page by page and no faster than it is told; each row is one compare-and-set.
 */
@NullMarked
package dev.tokenlife.reseal;

import org.jspecify.annotations.NullMarked;
