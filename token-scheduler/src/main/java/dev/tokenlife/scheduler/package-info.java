/** For refreshing ahead of time, in the background and in the right order. */
@NullMarked
package dev.tokenlife.scheduler;

import org.jspecify.annotations.NullMarked;
