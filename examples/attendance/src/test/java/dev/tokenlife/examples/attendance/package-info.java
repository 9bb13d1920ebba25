/** The program, and a school to test it in. */
@NullMarked
package dev.tokenlife.examples.attendance;

import org.jspecify.annotations.NullMarked;
