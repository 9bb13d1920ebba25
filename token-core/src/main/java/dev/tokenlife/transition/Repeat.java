package dev.tokenlife.transition;

import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.PreviousToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * T4: the actor of the last hand-over presents the same token again, because its answer was lost.
 * It gets the token already minted: never a second successor.
 */
record Repeat(ChainPolicy policy, Actor actor) {
  /** Returns whether this is the very token that the last hand-over consumed. */
  boolean matches(ChainRow row, long generation, long seq) {
    PreviousToken previous = row.previous();
    return previous != null
        && previous.reason() == PreviousToken.Reason.HANDED_OVER
        && previous.generation() == generation
        && previous.seq() == seq
        && seq == row.seq() - 1;
  }

  /** Returns the repeated answer; null if it is too late, too often or somebody else. */
  @Nullable Decision<Answer> decide(ChainRow row, Moment moment, Evaluation evaluation) {
    PreviousToken previous = row.previous();
    CurrentToken current = row.current();
    if (previous == null || current == null) {
      return null;
    }
    boolean answered =
        actor.name().equals(previous.actor())
            && Keys.match(row, actor.key())
            && moment.now() < previous.graceUntil()
            && previous.graceUses() < policy.graceUses()
            && moment.now() < current.expiresAt();
    if (!answered) {
      return null;
    }
    ChainRow next = Next.used(row, moment, evaluation).previous(oneUseMore(previous)).row();
    return Decision.write(new Answer.Done(next, true), next, List.of());
  }

  private static PreviousToken oneUseMore(PreviousToken p) {
    return new PreviousToken(
        p.generation(),
        p.seq(),
        p.keyId(),
        p.expiresAt(),
        p.supersededAt(),
        p.reason(),
        p.actor(),
        p.requestId(),
        p.graceUntil(),
        p.graceUses() + 1);
  }
}
