/** The command line without an account. */
@NullMarked
package dev.tokenlife.examples.storetool;

import org.jspecify.annotations.NullMarked;
