/**
 * The front door: {@code Tokens} for the tokens you obtain, {@code Chains} for the tokens you
 * issue.
 */
@NullMarked
package dev.tokenlife;

import org.jspecify.annotations.NullMarked;
