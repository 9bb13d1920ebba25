/** The laws of the guard, in virtual time. */
@NullMarked
package dev.tokenlife.scheduler.guard;

import org.jspecify.annotations.NullMarked;
