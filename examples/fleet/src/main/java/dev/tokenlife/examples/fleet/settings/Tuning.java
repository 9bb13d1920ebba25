package dev.tokenlife.examples.fleet.settings;

import dev.tokenlife.scheduler.PrioritySettings;
import dev.tokenlife.scheduler.guard.GuardSettings;
import java.time.Duration;

/**
 * How the library is set.
 *
 * @param engine the priority engine
 * @param guard how each provider is treated
 * @param guardRate the most calls a second to the provider with a limit; 0 leaves it to its 429
 * @param slowProbe until when a grant that was refused for good is tried again
 * @param callerDeadline how long a caller without a token waits
 */
public record Tuning(
    PrioritySettings engine,
    GuardSettings guard,
    double guardRate,
    Duration slowProbe,
    Duration callerDeadline) {}
