package dev.tokenlife.transition;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.CompanionChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command comes to on one row.
 *
 * @param answer what the caller is told once {@code next} is durable
 * @param next the row to write; null if nothing changes
 * @param companions what must change together with it
 * @param <A> the kind of answer
 */
public record Decision<A>(A answer, @Nullable ChainRow next, List<CompanionChange> companions) {
  /** Changes nothing. */
  public static <A> Decision<A> answer(A answer) {
    return new Decision<>(answer, null, List.of());
  }

  /** Changes the row. */
  public static <A> Decision<A> write(A answer, ChainRow next, List<CompanionChange> companions) {
    return new Decision<>(answer, next, List.copyOf(companions));
  }
}
