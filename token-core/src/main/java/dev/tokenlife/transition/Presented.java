package dev.tokenlife.transition;

/**
 * A token whose tag has been verified against the row; nothing else reaches the state machine.
 *
 * @param generation its place in the chain
 * @param seq the hand-overs before it
 */
public record Presented(long generation, long seq) {}
