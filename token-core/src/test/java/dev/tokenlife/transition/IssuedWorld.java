package dev.tokenlife.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.PreviousToken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A chain, two people who may hold it, an administrator, and time that a process with another clock
 * can see an hour ahead or behind. Every answer is held against {@link IssuedModel}.
 *
 * @param rules the chain's rules
 * @param ticks by how much the clock of whoever acts next may differ, milliseconds
 * @param races whether commands also come as the second evaluation of a lost race
 */
record IssuedWorld(ChainPolicy rules, List<Long> ticks, boolean races)
    implements World<IssuedWorld.State, IssuedWorld.Move> {
  private static final List<String> PEOPLE = List.of("anna", "ben");

  /** The chain as the code has it, as the model tells it, and the time of whoever acts next. */
  record State(ChainRow row, IssuedModel model, Set<Integer> consumed, long clock) {
    State at(long time) {
      return new State(row, model, consumed, time);
    }
  }

  /** What the code is asked, and what the model is. */
  record Move(
      String name,
      int presented,
      @Nullable BiFunction<ChainRow, Evaluation, Decision<Answer>> command,
      BiFunction<IssuedModel, Long, IssuedModel.Told> reference,
      boolean first,
      long tick) {
    @Override
    public String toString() {
      return first ? name : name + " again";
    }
  }

  State start() {
    return start(ChainFixture.START);
  }

  /** Opened by anna at a time. */
  State start(long now) {
    ChainFixture chain = ChainFixture.nothing(rules).at(now - ChainFixture.START);
    chain.open("anna", null);
    long end = chain.row().origin().absoluteExpiresAt();
    IssuedModel model = IssuedModel.open(rules, end, "anna", now);
    return new State(normal(chain.row()), model, Set.of(), now);
  }

  @Override
  public List<Move> moves(State state) {
    List<Move> moves = new ArrayList<>(commands(state, true));
    for (long tick : ticks) {
      moves.add(
          new Move("wait " + tick, 0, null, (m, clock) -> new IssuedModel.Told("", m), true, tick));
    }
    if (races) {
      commands(state, false).stream().filter(move -> move.presented > 0).forEach(moves::add);
    }
    return moves;
  }

  /** Every command; with {@code first} false as evaluated again after a lost race. */
  List<Move> commands(State state, boolean first) {
    List<Move> moves = new ArrayList<>();
    Administer admin = new Administer("request", rules, ChainFixture.KEY_ID);
    for (String who : PEOPLE) {
      Poll poll = new Poll(who, null, rules, ChainFixture.KEY_ID);
      moves.add(move("poll " + who, poll::decide, (m, clock) -> m.poll(who, clock), first));
      for (int g = 1; g <= state.model.tokens().size(); g++) {
        moves.add(present(state, g, who, first));
      }
      moves.add(
          move(
              "reassign " + who,
              (row, e) -> admin.reassign(row, who, null, e),
              (m, clock) -> m.reassign(who, clock),
              first));
    }
    moves.add(move("suspend", admin::suspend, IssuedModel::suspend, first));
    moves.add(move("resume", admin::resume, IssuedModel::resume, first));
    for (ChainState end : List.of(ChainState.CLOSED, ChainState.REVOKED)) {
      moves.add(
          move(
              end.name(),
              (row, e) -> admin.end(row, end, null, e),
              (m, clock) -> m.end(end, clock),
              first));
    }
    return moves;
  }

  private static Move move(
      String name,
      BiFunction<ChainRow, Evaluation, Decision<Answer>> command,
      BiFunction<IssuedModel, Long, IssuedModel.Told> reference,
      boolean first) {
    return new Move(name, 0, command, reference, first, 0);
  }

  private Move present(State state, int generation, String who, boolean first) {
    Presented token = new Presented(generation, state.model.tokens().get(generation - 1).seq());
    HandOver handOver = new HandOver(token, Actor.of(who), false, rules, ChainFixture.KEY_ID);
    return new Move(
        who + " presents " + generation,
        generation,
        handOver::decide,
        (m, clock) -> m.present(generation, who, clock, first),
        first,
        0);
  }

  @Override
  public State after(State state, Move move) {
    if (move.command == null) {
      return state.at(state.clock + move.tick);
    }
    Evaluation evaluation = new Evaluation("op", state.clock, move.first, Set.of());
    Decision<Answer> decision = move.command.apply(state.row, evaluation);
    assertThat(move.command.apply(state.row, evaluation)).as("I22").isEqualTo(decision);
    new RowLaws(rules).check(state.row, decision, evaluation);
    IssuedModel.Told told = move.reference.apply(state.model, state.clock);
    assertThat(answer(state.row, decision)).isEqualTo(told.answer());
    ChainRow row = decision.next() == null ? state.row : normal(decision.next());
    checkRow(row, told.next());
    Set<Integer> consumed = checkConsumed(state, move, told.answer());
    checkRepeat(state, move, told.answer(), row);
    State next = new State(row, told.next(), consumed, state.clock);
    checkWayOn(next);
    return next;
  }

  /** The answer in the model's words. */
  private static String answer(ChainRow before, Decision<Answer> decision) {
    if (decision.answer() instanceof Answer.Refused refused) {
      return "refused " + refused.refusal();
    }
    if (!(decision.answer() instanceof Answer.Done done)) {
      return "reuse";
    }
    boolean wrote = decision.next() != null;
    long generation = done.row().generation();
    if (done.repeat()) {
      return wrote ? "repeated " + generation : "already";
    }
    if (!wrote) {
      return "shown " + generation;
    }
    return generation > before.generation() ? "minted " + generation : "done";
  }

  private static void checkRow(ChainRow row, IssuedModel model) {
    assertThat(row.state()).isEqualTo(model.state());
    assertThat(row.position().holder()).isEqualTo(model.holder());
    assertThat(row.seq()).isEqualTo(model.seq());
    assertThat(row.generation()).isEqualTo(model.tokens().size());
    assertThat(row.budgets().reuseCount()).isEqualTo(model.reuses());
    assertThat(row.control().lastAt()).isEqualTo(model.lastAt());
    assertThat(row.control().lastUse()).isEqualTo(model.lastUse());
    CurrentToken current = row.current();
    if (current != null) {
      assertThat(current.expiresAt()).isEqualTo(model.live().expiresAt());
      assertThat(current.issuedAt()).isEqualTo(model.live().issuedAt());
    }
  }

  /** I1, I2, I17: of the tokens of one seq one is consumed, once. */
  private static Set<Integer> checkConsumed(State state, Move move, String answer) {
    if (move.presented == 0 || !answer.startsWith("minted")) {
      return state.consumed;
    }
    List<IssuedModel.Token> tokens = state.model.tokens();
    Set<Integer> consumed = new HashSet<>(state.consumed);
    int seq = tokens.get(move.presented - 1).seq();
    assertThat(consumed).noneMatch(other -> tokens.get(other - 1).seq() == seq);
    consumed.add(move.presented);
    return Set.copyOf(consumed);
  }

  /** I10, I11, I12: a repeat shows the token already minted, for the token just consumed. */
  private void checkRepeat(State state, Move move, String answer, ChainRow row) {
    if (answer.startsWith("repeated")) {
      PreviousToken previous = Objects.requireNonNull(row.previous());
      assertThat(row.current()).isEqualTo(state.row.current());
      assertThat(previous.generation()).isEqualTo(move.presented);
      assertThat(state.consumed).contains(move.presented);
      assertThat(previous.graceUses()).isBetween(1, rules.graceUses());
    }
  }

  /** I14: the holder of a chain that takes commands can always have a live token. */
  private void checkWayOn(State state) {
    IssuedModel model = state.model;
    if (model.self() || model.standing(state.clock) != null) {
      return;
    }
    Evaluation evaluation = Evaluation.first("op", state.clock);
    Poll poll = new Poll(model.holder(), null, rules, ChainFixture.KEY_ID);
    Answer answer = poll.decide(state.row, evaluation).answer();
    assertThat(answer).isInstanceOf(Answer.Done.class);
    CurrentToken current = ((Answer.Done) answer).row().current();
    assertThat(current).isNotNull();
    assertThat(current.expiresAt()).isGreaterThan(model.now(state.clock));
  }

  /** The row without what only counts writes or names requests. */
  private static ChainRow normal(ChainRow row) {
    ChainControl c = row.control();
    return row.draft()
        .control(new ChainControl(1, "", null, c.state(), null, c.lastAt(), c.lastUse()))
        .row();
  }
}
