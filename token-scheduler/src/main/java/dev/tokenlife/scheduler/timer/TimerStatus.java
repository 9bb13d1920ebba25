package dev.tokenlife.scheduler.timer;

import java.util.OptionalLong;

/**
 * What a {@link TimerLoop} is doing, for people and metrics.
 *
 * @param armed how many timers are armed
 * @param next about when the next one fires, in milliseconds since the epoch: never later than
 *     that, and up to four seconds earlier while it is far ahead; empty if nothing is armed
 * @param lateness how late timers were so far
 * @param catchingUp whether what piled up in a stall is being handed out
 */
public record TimerStatus(int armed, OptionalLong next, Lateness lateness, boolean catchingUp) {}
