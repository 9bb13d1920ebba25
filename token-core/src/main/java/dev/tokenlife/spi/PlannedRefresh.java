package dev.tokenlife.spi;

/**
 * When a chain wants its next refresh.
 *
 * @param at epoch milliseconds
 * @param serveUntil until when the present token is usable, epoch milliseconds; 0 if there is none
 * @param generation the generation this is about
 * @param attempt 0 after a success, else how many attempts have failed in a row
 * @param armed false if nothing is to start by itself
 */
public record PlannedRefresh(
    long at, long serveUntil, long generation, int attempt, boolean armed) {}
