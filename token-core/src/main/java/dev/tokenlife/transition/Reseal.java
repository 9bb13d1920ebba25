package dev.tokenlife.transition;

import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChallengeSlot;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.PreviousToken;
import dev.tokenlife.model.RowDraft;
import dev.tokenlife.model.Upstream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Moves what a row names to the primary key without changing what anybody may do: stored secrets
 * are replaced by the same ones sealed anew; tokens that have ended are noted under the new key,
 * since nobody is shown or can use them; dead challenges are dropped. A live token keeps its key
 * until it ends or the chain advances.
 *
 * @param revision of the row the secrets were read from; another one is left alone
 * @param keyId the primary key
 * @param upstream the row's, sealed anew; null if it has none
 */
public record Reseal(long revision, int keyId, @Nullable Upstream upstream) {
  /** Decides on one row: false if it is not the one that was read, so that it must be read anew. */
  public Decision<Boolean> decide(@Nullable ChainRow row, Evaluation evaluation) {
    if (row == null || row.control().revision() != revision) {
      return Decision.answer(row == null);
    }
    Moment moment = Moment.of(row, evaluation.processNow());
    RowDraft draft = Next.touched(row, moment, evaluation).upstream(upstream);
    if (row.origin().kind() == ChainKind.MINTED && !moment.far()) {
      draft
          .current(current(row.current(), moment))
          .previous(previous(row.previous(), moment))
          .challenges(live(row.challenges(), moment));
    }
    ChainRow next = draft.row();
    return same(row, next) ? Decision.answer(true) : Decision.write(true, next, List.of());
  }

  private @Nullable CurrentToken current(@Nullable CurrentToken token, Moment moment) {
    return token == null || moment.now() < token.expiresAt()
        ? token
        : new CurrentToken(
            token.generation(), token.seq(), token.issuedAt(), token.expiresAt(), keyId);
  }

  private @Nullable PreviousToken previous(@Nullable PreviousToken token, Moment moment) {
    return token == null || moment.now() < token.graceUntil()
        ? token
        : new PreviousToken(
            token.generation(),
            token.seq(),
            keyId,
            token.expiresAt(),
            token.supersededAt(),
            token.reason(),
            token.actor(),
            token.requestId(),
            token.graceUntil(),
            token.graceUses());
  }

  private static List<ChallengeSlot> live(List<ChallengeSlot> slots, Moment moment) {
    return slots.stream()
        .filter(slot -> moment.now() < slot.expiresAt() && slot.attemptsLeft() > 0)
        .toList();
  }

  private static boolean same(ChainRow row, ChainRow next) {
    return Objects.equals(row.upstream(), next.upstream())
        && Objects.equals(row.current(), next.current())
        && Objects.equals(row.previous(), next.previous())
        && row.challenges().equals(next.challenges());
  }
}
