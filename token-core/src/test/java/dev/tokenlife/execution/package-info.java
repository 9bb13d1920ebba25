/** Proofs of the execution of commands. */
@NullMarked
package dev.tokenlife.execution;

import org.jspecify.annotations.NullMarked;
