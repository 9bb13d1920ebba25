package dev.tokenlife.model;

/**
 * A failure that outlives the process: permanent or ambiguous. The rows that carry one are the dead
 * letter list.
 *
 * @param kind {@link FailureKind#PERMANENT} or {@link FailureKind#AMBIGUOUS}
 * @param generation the generation that failed; it says nothing about any other
 * @param count how many times in a row
 * @param since when it first failed, epoch milliseconds
 * @param notBefore no new attempt before this, epoch milliseconds
 */
public record Failure(FailureKind kind, long generation, int count, long since, long notBefore) {}
