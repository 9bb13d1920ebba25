package dev.tokenlife.examples.fleet.providers;

import java.time.Duration;

/**
 * How a provider behaves.
 *
 * @param lifetime how long its access tokens live, in whole seconds
 * @param latency how long it takes for an answer, give or take a half
 * @param limitPerSecond the most calls it takes in any second; 0 for no limit
 */
public record ProviderSettings(Duration lifetime, Duration latency, int limitPerSecond) {}
