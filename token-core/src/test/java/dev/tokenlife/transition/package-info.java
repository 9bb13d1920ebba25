/**
 * Laws of the transitions: one by one, over every short history of a small world, and over long
 * random ones.
 */
@NullMarked
package dev.tokenlife.transition;

import org.jspecify.annotations.NullMarked;
