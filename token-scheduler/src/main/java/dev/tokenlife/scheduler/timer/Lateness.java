package dev.tokenlife.scheduler.timer;

/**
 * How late a loop's timers were, from their deadlines to the moment they were handed out.
 *
 * @param fired how many timers fired
 * @param lastMillis how late the last one was; 0 if it was early or on time
 * @param maxMillis how late the latest ever was
 * @param p99Millis a bound that 99 of 100 kept: a power of two less one, so up to twice the truth
 */
public record Lateness(long fired, long lastMillis, long maxMillis, long p99Millis) {}
