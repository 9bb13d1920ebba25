/** What showing a changing code costs in store operations, counted strategy by strategy. */
@NullMarked
package dev.tokenlife.examples.strategies;

import org.jspecify.annotations.NullMarked;
