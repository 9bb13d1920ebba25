package dev.tokenlife.execution;

import dev.tokenlife.spi.StoredChain;
import org.jspecify.annotations.Nullable;

/**
 * How a command ended.
 *
 * @param answer what it came to
 * @param stored the row it was read from or written to; null if there is none
 * @param wrote whether this command changed the row, or may have: not so if it only found that the
 *     same request had been done by another call
 * @param skewed whether a row written by a far-ahead clock was met
 * @param <A> the kind of answer
 */
public record Executed<A>(A answer, @Nullable StoredChain stored, boolean wrote, boolean skewed) {}
