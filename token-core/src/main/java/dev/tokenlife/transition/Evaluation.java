package dev.tokenlife.transition;

import dev.tokenlife.spi.Companion;
import java.util.Set;

/**
 * What surrounds one evaluation of a command.
 *
 * @param op random id of this attempt; written into the row to recognise it
 * @param processNow the process's time, epoch milliseconds
 * @param first false when the command is evaluated again after a lost race or a lost answer
 * @param existing companions that an earlier attempt was refused for
 */
public record Evaluation(String op, long processNow, boolean first, Set<Companion> existing) {
  /** A first evaluation. */
  public static Evaluation first(String op, long processNow) {
    return new Evaluation(op, processNow, true, Set.of());
  }
}
