/** The program, and one run of it. */
@NullMarked
package dev.tokenlife.examples.fleet;

import org.jspecify.annotations.NullMarked;
