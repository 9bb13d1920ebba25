/**
 * The guard on resilience4j: circuit breaker, retry budget, rate and concurrency limits, {@code
 * Retry-After} and a paced recovery, each per upstream. Nothing in it blocks.
 */
@NullMarked
package dev.tokenlife.scheduler.guard;

import org.jspecify.annotations.NullMarked;
