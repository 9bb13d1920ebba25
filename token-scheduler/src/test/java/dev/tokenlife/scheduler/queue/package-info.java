/** The laws of the queue. */
@NullMarked
package dev.tokenlife.scheduler.queue;

import org.jspecify.annotations.NullMarked;
