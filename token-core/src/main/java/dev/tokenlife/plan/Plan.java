package dev.tokenlife.plan;

/**
 * What was decided for one generation; all times in epoch milliseconds.
 *
 * @param refreshAt when to refresh it
 * @param serveUntil never serve it at or after this
 * @param armed false if it is refreshed on demand only
 */
public record Plan(long refreshAt, long serveUntil, boolean armed) {}
