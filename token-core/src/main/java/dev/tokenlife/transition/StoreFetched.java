package dev.tokenlife.transition;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Claim;
import dev.tokenlife.model.Upstream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * T13: stores what the source gave. Compare-and-act on generation and claim, so that a late result
 * never overwrites a newer one.
 *
 * @param generation the generation the call started from
 * @param claimId the claim the call was made under; null if the source is not exclusive
 * @param tokens the result
 * @param lastUsedAt when the chain was last read, epoch milliseconds; 0 if not tracked
 */
public record StoreFetched(
    long generation, @Nullable String claimId, NewTokens tokens, long lastUsedAt) {
  /** Decides on one row. */
  public Decision<FetchAnswer> decide(@Nullable ChainRow row, Evaluation evaluation) {
    if (row == null) {
      return Decision.answer(new FetchAnswer.Absent());
    }
    Moment moment = Moment.of(row, evaluation.processNow());
    Claim claim = row.claim();
    boolean mine = claim != null && claim.claimId().equals(claimId);
    if (row.state().isFinal()) {
      return overWithClaim(row, mine, moment, evaluation);
    }
    if (row.generation() != generation) {
      return Decision.answer(new FetchAnswer.Moved(row));
    }
    if (claim != null && !mine) {
      return Decision.answer(new FetchAnswer.ClaimedByOther(row));
    }
    Upstream old = row.upstream();
    String grantId = old == null ? "" : old.grantId();
    Upstream upstream = tokens.onto(old, grantId, lastUsedAt);
    ChainRow next =
        FetchNext.tokens(Next.touched(row, moment, evaluation), row, tokens, upstream, moment)
            .row();
    return Decision.write(new FetchAnswer.Done(next, false), next, List.of());
  }

  private static Decision<FetchAnswer> overWithClaim(
      ChainRow row, boolean mine, Moment moment, Evaluation evaluation) {
    if (!mine) {
      return Decision.answer(new FetchAnswer.NotActive(row));
    }
    ChainRow next = Next.touched(row, moment, evaluation).claim(null).row();
    return Decision.write(new FetchAnswer.NotActive(next), next, List.of());
  }
}
