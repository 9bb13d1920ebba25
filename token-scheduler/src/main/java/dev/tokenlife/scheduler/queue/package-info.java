/**
 * The bounded queue of the priority engine: one entry per chain, ordered by one number, fair
 * between upstreams and between the tenants of one upstream. It knows no thread; its owner locks
 * it.
 */
@NullMarked
package dev.tokenlife.scheduler.queue;

import org.jspecify.annotations.NullMarked;
