package dev.tokenlife.memory.linear;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.time.VirtualTime;
import dev.tokenlife.transition.Administer;
import dev.tokenlife.transition.Adopt;
import dev.tokenlife.transition.Answer;
import dev.tokenlife.transition.Decision;
import dev.tokenlife.transition.Evaluation;
import dev.tokenlife.transition.FetchAnswer;
import dev.tokenlife.transition.Invalidate;
import dev.tokenlife.transition.NewTokens;
import dev.tokenlife.transition.OpenFetched;
import dev.tokenlife.transition.StoreFetched;
import java.util.Objects;

/**
 * One fetched chain and the pure transitions, one after the other, at one moment: a source that
 * never fails, tokens that never become due.
 *
 * <p>A read that changes the row and is overtaken before it shows what it fetched, by a suspension,
 * a sign-in or a rejection, shows what is true by then: two steps, which no single moment can stand
 * for. So the chain is open from the start, nobody suspends it, those who sign in find a token, and
 * those who reject one wait for the read.
 */
public class GrantModel {
  static final ChainKey KEY = ChainKey.of("music", "ada");
  private static final long NOW = new VirtualTime().wallMillis();
  private static final OpenFetched OPEN = new OpenFetched(KEY, "default", "nonce");

  private ChainRow row;
  private int commands;

  /** The chain before it has a token. */
  public GrantModel() {
    row = Objects.requireNonNull(OPEN.decide(null, evaluation()).next(), "opening writes a row");
  }

  /** T13, if there is no token. */
  public final String get() {
    if (row.state() != ChainState.ACTIVE) {
      return Reason.CHAIN_OVER.name();
    }
    if (row.current() == null) {
      fetched(new StoreFetched(row.generation(), null, tokens(), 0).decide(row, evaluation()));
    }
    return shown(row.generation());
  }

  /** T14. */
  public final String adopt(int grant) {
    Decision<FetchAnswer> decision =
        fetched(new Adopt(OPEN, "grant-" + grant, tokens()).decide(row, evaluation()));
    return "new=" + !((FetchAnswer.Done) decision.answer()).already();
  }

  /** T15: a server rejected the token of this generation. */
  public final String invalidate(int generation) {
    Decision<FetchAnswer> decision = fetched(new Invalidate(generation).decide(row, evaluation()));
    return "dropped=" + (decision.next() != null);
  }

  /** T11. */
  public final String close() {
    Administer administer = new Administer("admin-" + ++commands, null, 0);
    Decision<Answer> decision = administer.end(row, ChainState.CLOSED, null, evaluation());
    if (decision.next() != null) {
      row = decision.next();
    }
    return ChainModel.admin(decision.answer());
  }

  static String shown(long generation) {
    return "token " + generation;
  }

  private Evaluation evaluation() {
    return Evaluation.first("op-" + ++commands, NOW);
  }

  private static NewTokens tokens() {
    long end = NOW + GrantOperations.LIFETIME.toMillis();
    return new NewTokens("sealed", null, "Bearer", null, null, NOW, end, end - 1);
  }

  private Decision<FetchAnswer> fetched(Decision<FetchAnswer> decision) {
    if (decision.next() != null) {
      row = decision.next();
    }
    return decision;
  }
}
