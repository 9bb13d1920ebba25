/** The command line: what happens, and how the library is set. */
@NullMarked
package dev.tokenlife.examples.fleet.settings;

import org.jspecify.annotations.NullMarked;
