package dev.tokenlife.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainRow;
import org.jspecify.annotations.Nullable;

/** Puts answers about fetched chains into the words of {@link FetchedModel}. */
final class FetchedWords {
  private FetchedWords() {}

  /** Every answer that carries a row must carry the row as it is now. */
  static String of(FetchAnswer answer, @Nullable ChainRow now) {
    if (answer instanceof FetchAnswer.Done done) {
      assertThat(done.row()).isEqualTo(now);
      return done.already() ? "already" : "done";
    }
    if (answer instanceof FetchAnswer.Moved moved) {
      assertThat(moved.row()).isEqualTo(now);
      return "moved";
    }
    if (answer instanceof FetchAnswer.ClaimedByOther claimed) {
      assertThat(claimed.row()).isEqualTo(now);
      return "claimed";
    }
    if (answer instanceof FetchAnswer.Forbidden forbidden) {
      assertThat(forbidden.row()).isEqualTo(now);
      return "forbidden";
    }
    if (answer instanceof FetchAnswer.NotActive notActive) {
      assertThat(notActive.row()).isEqualTo(now);
      return "not active";
    }
    return "absent";
  }
}
