/**
 * Issued chains: what stands between the front door and the transitions. Verifies tokens, asks who
 * is eligible, runs the commands on the caller's thread, turns rows into live tokens and keeps
 * subscribers up to date.
 */
@NullMarked
package dev.tokenlife.issuing;

import org.jspecify.annotations.NullMarked;
