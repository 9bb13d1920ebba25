/** The terminal. */
@NullMarked
package dev.tokenlife.examples.attendance.terminal;

import org.jspecify.annotations.NullMarked;
