/** Proofs of issued chains, seen through the front door. */
@NullMarked
package dev.tokenlife.issuing;

import org.jspecify.annotations.NullMarked;
