/**
 * The chain's state machine, as pure functions: a row, a command and a time give an outcome, the
 * next row and its companions. No I/O, clock, lock, thread or randomness of their own; what is
 * random arrives inside the command. Everything else in the library only executes these decisions.
 */
@NullMarked
package dev.tokenlife.transition;

import org.jspecify.annotations.NullMarked;
