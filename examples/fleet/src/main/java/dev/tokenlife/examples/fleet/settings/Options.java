package dev.tokenlife.examples.fleet.settings;

/**
 * The command line.
 *
 * @param scenario what happens
 * @param tuning how the library is set
 * @param port where the dashboard is; 0 takes a free port
 * @param callers how many threads read tokens
 * @param seed makes the users' behaviour repeatable
 */
public record Options(Scenario scenario, Tuning tuning, int port, int callers, long seed) {}
