/** Attendance by a code that passes from hand to hand: the program and its options. */
@NullMarked
package dev.tokenlife.examples.attendance;

import org.jspecify.annotations.NullMarked;
