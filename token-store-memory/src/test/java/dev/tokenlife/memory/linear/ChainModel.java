package dev.tokenlife.memory.linear;

import dev.tokenlife.crypto.ChainIds;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.time.VirtualTime;
import dev.tokenlife.transition.Actor;
import dev.tokenlife.transition.Administer;
import dev.tokenlife.transition.Answer;
import dev.tokenlife.transition.Decision;
import dev.tokenlife.transition.Evaluation;
import dev.tokenlife.transition.HandOver;
import dev.tokenlife.transition.Open;
import dev.tokenlife.transition.Poll;
import dev.tokenlife.transition.Presented;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One chain and the pure transitions, one after the other, at one moment: what every concurrent
 * history must be equal to.
 */
public final class ChainModel {
  static final ChainPolicy POLICY = ChainPolicy.builder("entry", Duration.ofSeconds(10)).build();
  static final ChainKey KEY = ChainKey.of("session-7", ChainIds.fromName("door"));
  static final long NOW = new VirtualTime().wallMillis();

  /** Tokens worth presenting, by generation and sequence. */
  private static final Presented[] TOKENS = {
    new Presented(1, 0), new Presented(2, 0), new Presented(2, 1), new Presented(3, 2)
  };

  private @Nullable ChainRow row;
  private int commands;

  /** The chain before anybody opened it. */
  public ChainModel() {}

  static String actor(int number) {
    return "actor-" + number;
  }

  static Presented token(int number) {
    return TOKENS[number];
  }

  /** T0. */
  public String open(int actor) {
    String requestId = "open-" + actor;
    ChainOrigin origin =
        new ChainOrigin(
            ChainKind.MINTED,
            "ENTRY",
            "entry",
            "door",
            NOW,
            requestId,
            Long.MAX_VALUE,
            null,
            "nonce");
    Answer answer =
        apply(new Open(KEY, origin, actor(actor), null, POLICY, 1).decide(row, evaluation()));
    if (!(answer instanceof Answer.Done done)) {
      return answer.toString();
    }
    boolean mine = done.row().origin().openRequestId().equals(requestId);
    return mine ? "opened repeat=" + done.repeat() : "conflict";
  }

  /** T1; at one moment nothing is ever due. */
  public String poll(int actor) {
    if (row == null) {
      return Refusal.NOT_FOUND.name();
    }
    return text(apply(new Poll(actor(actor), null, POLICY, 1).decide(row, evaluation())));
  }

  /** T3 to T6. */
  public String handOver(int actor, int token) {
    if (row == null) {
      return Refusal.INVALID.name();
    }
    HandOver command = new HandOver(token(token), Actor.of(actor(actor)), false, POLICY, 1);
    return text(apply(command.decide(row, evaluation())));
  }

  /** T9. */
  public String reassign(int actor) {
    return admin(apply(administer().reassign(row, actor(actor), null, evaluation())));
  }

  /** T10. */
  public String suspend() {
    return admin(apply(administer().suspend(row, evaluation())));
  }

  /** T10. */
  public String resume() {
    return admin(apply(administer().resume(row, evaluation())));
  }

  /** T11. */
  public String close() {
    return admin(apply(administer().end(row, ChainState.CLOSED, null, evaluation())));
  }

  private Administer administer() {
    return new Administer("admin-" + ++commands, row == null ? null : POLICY, 1);
  }

  private Evaluation evaluation() {
    return Evaluation.first("op-" + ++commands, NOW);
  }

  private Answer apply(Decision<Answer> decision) {
    if (decision.next() != null) {
      row = decision.next();
    }
    return decision.answer();
  }

  static String admin(Answer answer) {
    return answer instanceof Answer.Done done ? "done already=" + done.repeat() : text(answer);
  }

  private static String text(Answer answer) {
    if (answer instanceof Answer.Done done) {
      return shown(done.row().generation(), done.row().seq(), done.repeat());
    }
    return answer instanceof Answer.Refused refused ? refused.refusal().name() : answer.toString();
  }

  static String shown(long generation, long seq, boolean repeat) {
    return "token " + generation + "/" + seq + " repeat=" + repeat;
  }
}
