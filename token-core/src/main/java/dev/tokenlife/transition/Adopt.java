package dev.tokenlife.transition;

import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.RowDraft;
import dev.tokenlife.model.Upstream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * T14: the person signed in. Replaces the grant in any state, opens the chain if it is absent, and
 * leaves every late result of the old grant behind a generation. The grant that the chain lives on,
 * or lived on when it ended, changes nothing: a sign-in that is repeated late opens nothing again.
 *
 * @param open how to open the chain if there is none
 * @param grantId names this sign-in; the same one again changes nothing
 * @param tokens what it brought
 */
public record Adopt(OpenFetched open, String grantId, NewTokens tokens) {
  /** Decides on one row. */
  public Decision<FetchAnswer> decide(@Nullable ChainRow row, Evaluation evaluation) {
    if (row != null && row.origin().kind() != ChainKind.FETCHED) {
      return Decision.answer(new FetchAnswer.Absent());
    }
    Upstream old = row == null ? null : row.upstream();
    if (row != null && old != null && old.grantId().equals(grantId)) {
      return Decision.answer(new FetchAnswer.Done(row, true));
    }
    ChainRow base = row == null ? open.empty(evaluation) : row;
    Moment moment = Moment.of(row, evaluation.processNow());
    RowDraft draft = row == null ? base.draft() : Next.used(base, moment, evaluation);
    ChainControl control = draft.row().control();
    draft.control(
        new ChainControl(
            control.revision(),
            control.op(),
            control.adminRequestId(),
            ChainState.ACTIVE,
            null,
            control.lastAt(),
            control.lastUse()));
    ChainRow next =
        FetchNext.tokens(draft, base, tokens, tokens.onto(null, grantId, 0), moment).row();
    return Decision.write(new FetchAnswer.Done(next, false), next, List.of());
  }
}
