/** Laws of the timer, most of them in virtual time. */
@NullMarked
package dev.tokenlife.scheduler.timer;

import org.jspecify.annotations.NullMarked;
