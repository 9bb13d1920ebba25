/**
 * The timer that drives the engines: one {@link dev.tokenlife.scheduler.timer.TimerLoop} for each
 * engine, over a hierarchical timing wheel that is kept in arrays of numbers.
 *
 * <p>Threads arm and cancel under one short lock. One wake-up at a time is armed at the {@link
 * dev.tokenlife.time.TimeSource}; it does nothing but hand a turn to the engine's executor, and
 * that turn calls the engine back with what is due. Nothing armed means nothing scheduled.
 */
@NullMarked
package dev.tokenlife.scheduler.timer;

import org.jspecify.annotations.NullMarked;
