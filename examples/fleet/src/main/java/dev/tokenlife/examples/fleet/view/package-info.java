/**
 * The terminal: one block that is refreshed in place for people, plain lines for everything else.
 */
@NullMarked
package dev.tokenlife.examples.fleet.view;

import org.jspecify.annotations.NullMarked;
