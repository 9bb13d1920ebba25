package dev.tokenlife.model;

/**
 * A grant that failed for good or whose answer was lost.
 *
 * @param key the chain
 * @param failure the failure as its row keeps it
 */
public record DeadLetter(ChainKey key, Failure failure) {}
