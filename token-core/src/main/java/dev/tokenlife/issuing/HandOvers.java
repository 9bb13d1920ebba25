package dev.tokenlife.issuing;

import dev.tokenlife.crypto.PresentedToken;
import dev.tokenlife.execution.Executed;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.Presenter;
import dev.tokenlife.model.PreviousToken;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.model.ReusePolicy;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.transition.Actor;
import dev.tokenlife.transition.Answer;
import dev.tokenlife.transition.Decision;
import dev.tokenlife.transition.Evaluation;
import dev.tokenlife.transition.HandOver;
import dev.tokenlife.transition.Presented;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes presented tokens: parse, read, verify, decide. */
public final class HandOvers {
  private static final int MOST_QUESTIONS = 3;

  private final Issuer issuer;
  private final EligibilityDesk desk;
  private final LiveTokens live;

  /** Takes tokens of this issuer. */
  public HandOvers(Issuer issuer, EligibilityDesk desk) {
    this.issuer = issuer;
    this.desk = desk;
    this.live = new LiveTokens(issuer);
  }

  /** Hands a chain over to whoever presents its token. Garbage is refused without a store call. */
  public HandOverResult handOver(String partition, @Nullable String text, Presenter presenter) {
    Optional<PresentedToken> parsed = issuer.tokens().parse(text);
    if (parsed.isEmpty() || partition.isEmpty()) {
      return new HandOverResult.Refused(Refusal.INVALID);
    }
    PresentedToken token = parsed.get();
    Presented presented = new Presented(token.generation(), token.seq());
    Actor actor = actor(presenter);
    ChainKey key = token.key(partition);
    Function<Actor, IssuedCommand> command =
        asked ->
            verified(
                    token,
                    (policy, row, evaluation) ->
                        new HandOver(presented, asked, desk.isOpen(), policy, issuer.keyId())
                            .decide(row, evaluation))
                .recognisedBy(row -> tookOver(row, asked));
    StoredChain known = recalled(key);
    Executed<Answer> executed =
        known == null ? asking(key, actor, command) : asking(key, actor, command, known);
    if (known != null && decidedFrom(known, executed)) {
      executed = asking(key, actor, command);
    }
    return result(executed);
  }

  /**
   * A chain that somebody is pushed is handed over without a read: the write succeeds only if the
   * row is still the newest. Not where reuse is counted: whether a token was consumed before the
   * call began can only be read.
   */
  private @Nullable StoredChain recalled(ChainKey key) {
    StoredChain known = issuer.recall(key);
    ChainPolicy policy = known == null ? null : issuer.policyOf(known.row());
    if (known == null || policy == null || policy.reuse().action() != ReusePolicy.Action.REJECT) {
      return null;
    }
    return known.row().control().lastAt() <= issuer.clock().now() ? known : null;
  }

  /**
   * Whether the answer rests on a row that nobody has compared with the store's. BUSY may follow a
   * lost answer: it is final, since what may have been done is never refused.
   */
  private static boolean decidedFrom(StoredChain known, Executed<Answer> executed) {
    return !executed.wrote()
        && known.equals(executed.stored())
        && !executed.answer().equals(new Answer.Refused(Refusal.BUSY));
  }

  /**
   * An actor with a request id of its own, so that its hand-over is recognised whatever happens.
   */
  Actor actor(Presenter presenter) {
    String requestId = presenter.requestId();
    return new Actor(
        presenter.name(),
        presenter.keyThumbprint(),
        requestId == null ? issuer.executor().randomId() : requestId,
        -1,
        true);
  }

  /** A command that refuses every token whose tag does not verify, with one answer for all. */
  IssuedCommand verified(PresentedToken token, Ruled ruled) {
    return IssuedCommand.of(
        (row, evaluation) -> {
          ChainPolicy policy = issuer.policyOf(row);
          if (row == null || policy == null || !issuer.tokens().verify(token, row)) {
            return Decision.answer(new Answer.Refused(Refusal.INVALID));
          }
          return ruled.decide(policy, row, evaluation);
        });
  }

  /** Runs a command, asking the application about the actor where the command needs it. */
  Executed<Answer> asking(ChainKey key, Actor actor, Function<Actor, IssuedCommand> command) {
    return asking(key, actor, command, issuer.executor().store().find(key).orElse(null));
  }

  Executed<Answer> asking(
      ChainKey key,
      Actor actor,
      Function<Actor, IssuedCommand> command,
      @Nullable StoredChain known) {
    Actor asked = actor;
    StoredChain stored = known;
    for (int i = 0; i < MOST_QUESTIONS; i++) {
      Executed<Answer> executed = issuer.run(key, command.apply(asked), stored);
      if (!(executed.answer() instanceof Answer.AskEligibility ask)) {
        return executed;
      }
      boolean eligible = desk.ask(ask.row(), actor.name(), issuer.clock().now());
      asked = actor.asked(ask.row().seq(), eligible);
      stored = executed.stored();
    }
    return new Executed<>(new Answer.Refused(Refusal.BUSY), stored, false, false);
  }

  HandOverResult result(Executed<Answer> executed) {
    StoredChain stored = executed.stored();
    if (executed.answer() instanceof Answer.Done done) {
      ChainRow row = done.row();
      if (row.current() == null) {
        return new HandOverResult.Refused(Refusal.BUSY);
      }
      ChainPolicy policy = issuer.policy(row.origin().type());
      boolean repeat = done.repeat() || (policy.rotation() && !executed.wrote());
      if (!repeat && executed.wrote()) {
        issuer.tell(TokenEvent.Type.HANDED_OVER, row.key(), stored, "seq " + row.seq());
      }
      return new HandOverResult.Accepted(live.of(row, policy), repeat);
    }
    if (executed.answer() instanceof Answer.ReuseDetected detected) {
      issuer.tell(
          TokenEvent.Type.REUSE_DETECTED,
          detected.row().key(),
          stored,
          "now " + detected.row().state());
      return new HandOverResult.Refused(Refusal.ALREADY_CONSUMED);
    }
    return executed.answer() instanceof Answer.Refused refused
        ? new HandOverResult.Refused(refused.refusal())
        : new HandOverResult.Refused(Refusal.BUSY);
  }

  static boolean tookOver(ChainRow row, Actor actor) {
    PreviousToken previous = row.previous();
    return previous != null
        && previous.reason() == PreviousToken.Reason.HANDED_OVER
        && previous.seq() == row.seq() - 1
        && actor.name().equals(previous.actor())
        && actor.requestId() != null
        && actor.requestId().equals(previous.requestId());
  }

  /** A decision under the rules of the row's type. */
  @FunctionalInterface
  interface Ruled {
    Decision<Answer> decide(ChainPolicy policy, ChainRow row, Evaluation evaluation);
  }
}
