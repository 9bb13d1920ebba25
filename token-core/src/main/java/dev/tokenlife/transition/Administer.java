package dev.tokenlife.transition;

import dev.tokenlife.model.ActorRule;
import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.Position;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.model.RowDraft;
import dev.tokenlife.model.Upstream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * T9 to T11: what an administrator does to a chain. Fetched chains have no policy; {@code policy}
 * is null for them.
 *
 * @param requestId tells a repeated request from a second one
 * @param policy the rules of an issued chain; null for a fetched one
 * @param keyId the key to mint with
 */
public record Administer(String requestId, @Nullable ChainPolicy policy, int keyId) {
  /** T9: gives an active issued chain to somebody else; never opens a chain again. */
  public Decision<Answer> reassign(
      @Nullable ChainRow row, String holder, @Nullable String holderKey, Evaluation evaluation) {
    if (row != null && requestId.equals(row.control().adminRequestId())) {
      return Decision.answer(new Answer.Done(row, true));
    }
    Moment moment = Moment.of(row, evaluation.processNow());
    Refusal refusal = Standing.refusal(row, moment);
    if (row == null || policy == null || refusal != null) {
      return HandOver.refused(refusal == null ? Refusal.NOT_FOUND : refusal);
    }
    Position old = row.position();
    Position position =
        new Position(
            old.seq() + 1, old.generation(), holder, old.holder(), holderKey, old.lastRotation());
    RowDraft draft =
        Next.administered(row, moment, evaluation, requestId, ChainState.ACTIVE)
            .previous(null)
            .challenges(List.of())
            .budgets(row.budgets().nextSeq());
    ChainRow next = Next.mint(draft, position, policy, moment, keyId).row();
    return Decision.write(
        new Answer.Done(next, false),
        next,
        Companions.newHolder(row, next, policy, evaluation, true));
  }

  /** T10: stops an active chain for a while. */
  public Decision<Answer> suspend(@Nullable ChainRow row, Evaluation evaluation) {
    if (row != null && requestId.equals(row.control().adminRequestId())) {
      return Decision.answer(new Answer.Done(row, true));
    }
    Moment moment = Moment.of(row, evaluation.processNow());
    Refusal refusal = administrable(row, moment);
    if (row == null || refusal != null) {
      return HandOver.refused(refusal == null ? Refusal.NOT_FOUND : refusal);
    }
    if (row.state() == ChainState.SUSPENDED) {
      return Decision.answer(new Answer.Done(row, true));
    }
    ChainRow next =
        Next.administered(row, moment, evaluation, requestId, ChainState.SUSPENDED).row();
    return Decision.write(new Answer.Done(next, false), next, List.of());
  }

  /**
   * T10: lets a suspended chain go on. An issued chain gets a new token and forgets the old ones; a
   * family keeps its token, since its holder has done nothing wrong; a fetched chain drops its
   * access token, so that the next read refreshes.
   */
  public Decision<Answer> resume(@Nullable ChainRow row, Evaluation evaluation) {
    if (row != null && requestId.equals(row.control().adminRequestId())) {
      return Decision.answer(new Answer.Done(row, true));
    }
    Moment moment = Moment.of(row, evaluation.processNow());
    Refusal refusal = administrable(row, moment);
    if (row == null || refusal != null) {
      return HandOver.refused(refusal == null ? Refusal.NOT_FOUND : refusal);
    }
    if (row.state() == ChainState.ACTIVE) {
      return Decision.answer(new Answer.Done(row, true));
    }
    if (row.origin().kind() == ChainKind.MINTED && policy == null) {
      // Without its rules no new token can be minted, and the old one must not live again.
      return HandOver.refused(Refusal.NOT_FOUND);
    }
    RowDraft draft = Next.administered(row, moment, evaluation, requestId, ChainState.ACTIVE);
    if (row.origin().kind() == ChainKind.FETCHED) {
      dropAccessToken(row, draft);
    } else if (policy != null && policy.actorRule() == ActorRule.HANDOVER) {
      draft.previous(null).challenges(List.of());
      Next.mint(draft, row.position(), policy, moment, keyId);
    }
    ChainRow next = draft.row();
    return Decision.write(new Answer.Done(next, false), next, List.of());
  }

  /**
   * T11: ends a chain, whatever its age; a second call finds it ended. A fetched chain keeps the
   * name of its grant, so that a late repetition of that sign-in does not open it again.
   */
  public Decision<Answer> end(
      @Nullable ChainRow row, ChainState end, @Nullable String reason, Evaluation evaluation) {
    if (row == null) {
      return HandOver.refused(Refusal.NOT_FOUND);
    }
    if (row.state().isFinal()) {
      return Decision.answer(new Answer.Done(row, true));
    }
    Moment moment = Moment.of(row, evaluation.processNow());
    Upstream upstream = row.upstream();
    RowDraft draft = Next.administered(row, moment, evaluation, requestId, end);
    ChainControl control = draft.row().control();
    ChainRow next =
        draft
            .control(
                new ChainControl(
                    control.revision(),
                    control.op(),
                    control.adminRequestId(),
                    control.state(),
                    reason,
                    control.lastAt(),
                    control.lastUse()))
            .current(null)
            .previous(null)
            .upstream(upstream == null ? null : upstream.ended())
            .challenges(List.of())
            .row();
    return Decision.write(new Answer.Done(next, false), next, Companions.ending(row));
  }

  private static void dropAccessToken(ChainRow row, RowDraft draft) {
    Upstream upstream = row.upstream();
    draft.current(null).upstream(upstream == null ? null : upstream.withoutAccessToken());
  }

  private static @Nullable Refusal administrable(@Nullable ChainRow row, Moment moment) {
    if (row == null) {
      return Refusal.NOT_FOUND;
    }
    if (row.isExpired(moment.now())) {
      return Refusal.CHAIN_EXPIRED;
    }
    Refusal refusal = Standing.stateRefusal(row);
    return refusal == Refusal.SUSPENDED ? null : refusal;
  }
}
