package dev.tokenlife.examples.strategies;

/**
 * What a strategy cost.
 *
 * @param strategy its name
 * @param operations how many store operations were counted
 * @param remark what they were
 */
record Cost(String strategy, long operations, String remark) {}
