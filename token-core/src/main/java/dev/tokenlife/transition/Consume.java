package dev.tokenlife.transition;

import dev.tokenlife.model.ActorRule;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Position;
import dev.tokenlife.model.PreviousToken;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.model.RowDraft;
import dev.tokenlife.spi.Companion;
import java.time.Duration;
import java.util.List;

/** T3, the effect: one token is consumed, and the actor gets the next one. */
record Consume(ChainPolicy policy, Actor actor, int keyId) {
  Decision<Answer> decide(
      ChainRow row, PreviousToken consumed, Moment moment, Evaluation evaluation) {
    if (!policy.rotation()) {
      return keep(row, moment, evaluation);
    }
    boolean newHolder = !actor.name().equals(row.position().holder());
    if (newHolder
        && policy.onceEach()
        && evaluation.existing().contains(new Companion.HeldBefore(actor.name()))) {
      return HandOver.refused(Refusal.NOT_ELIGIBLE);
    }
    ChainRow next = successor(row, consumed, moment, evaluation);
    return Decision.write(
        new Answer.Done(next, false),
        next,
        Companions.newHolder(row, next, policy, evaluation, false));
  }

  private ChainRow successor(
      ChainRow row, PreviousToken consumed, Moment moment, Evaluation evaluation) {
    Position old = row.position();
    String key = policy.actorRule() == ActorRule.SELF ? old.holderKey() : actor.key();
    Position position =
        new Position(
            old.seq() + 1, old.generation(), actor.name(), old.holder(), key, old.lastRotation());
    RowDraft draft = Next.touched(row, moment, evaluation);
    draft
        .previous(remembered(consumed, moment))
        .challenges(List.of())
        .budgets(row.budgets().nextSeq());
    return Next.mint(draft, position, policy, moment, keyId).row();
  }

  private PreviousToken remembered(PreviousToken consumed, Moment moment) {
    return new PreviousToken(
        consumed.generation(),
        consumed.seq(),
        consumed.keyId(),
        consumed.expiresAt(),
        moment.now(),
        PreviousToken.Reason.HANDED_OVER,
        actor.name(),
        actor.requestId(),
        Next.saturatedSum(moment.now(), policy.grace().toMillis()),
        0);
  }

  /** Without rotation the token stays; its use is written at most ten times per idle timeout. */
  private Decision<Answer> keep(ChainRow row, Moment moment, Evaluation evaluation) {
    Duration idle = row.origin().idleTimeout();
    boolean noteUse =
        idle != null && moment.now() - row.control().lastUse() >= idle.toMillis() / 10;
    if (!noteUse) {
      return Decision.answer(new Answer.Done(row, false));
    }
    ChainRow next = Next.used(row, moment, evaluation).row();
    return Decision.write(new Answer.Done(next, false), next, List.of());
  }
}
