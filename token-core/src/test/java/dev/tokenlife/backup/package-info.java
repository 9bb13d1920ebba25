/** Proofs of moving house, with the reference store. */
@NullMarked
package dev.tokenlife.backup;

import org.jspecify.annotations.NullMarked;
