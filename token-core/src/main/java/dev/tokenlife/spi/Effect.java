package dev.tokenlife.spi;

import dev.tokenlife.model.ChainKey;
import org.jspecify.annotations.Nullable;

/**
 * What a committed hand-over or reassignment caused; at most one per (chain, seq).
 *
 * @param chain the chain
 * @param seq the sequence the hand-over ended with; 1 is the first hand-over
 * @param type the chain's type
 * @param from who held it before; null if nobody did
 * @param to who holds it since
 * @param at when, epoch milliseconds
 * @param reassigned whether an administrator did it
 */
public record Effect(
    ChainKey chain,
    long seq,
    String type,
    @Nullable String from,
    String to,
    long at,
    boolean reassigned) {}
