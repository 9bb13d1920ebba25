package dev.tokenlife.transition;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Upstream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * T15: an access token was rejected. It is dropped if it is still the chain's; a late 401 about an
 * older one changes nothing.
 *
 * @param generation the rejected token's
 */
public record Invalidate(long generation) {
  /** Decides on one row. */
  public Decision<FetchAnswer> decide(@Nullable ChainRow row, Evaluation evaluation) {
    if (row == null) {
      return Decision.answer(new FetchAnswer.Absent());
    }
    Upstream upstream = row.upstream();
    if (row.generation() != generation || upstream == null || row.state().isFinal()) {
      return Decision.answer(new FetchAnswer.Moved(row));
    }
    if (upstream.accessToken() == null) {
      return Decision.answer(new FetchAnswer.Done(row, true));
    }
    Moment moment = Moment.of(row, evaluation.processNow());
    ChainRow next =
        Next.touched(row, moment, evaluation)
            .current(null)
            .upstream(upstream.withoutAccessToken())
            .row();
    return Decision.write(new FetchAnswer.Done(next, false), next, List.of());
  }
}
