package dev.tokenlife.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.Claim;
import dev.tokenlife.model.Failure;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Upstream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A fetched chain with an exclusive source, two processes that call it and may be late, people who
 * sign in, an administrator, and clocks. Every answer is held against {@link FetchedModel}.
 *
 * @param ticks by how much the clock of whoever acts next may differ, milliseconds
 */
record FetchedWorld(List<Long> ticks) implements World<FetchedWorld.State, FetchedWorld.Move> {
  private static final long BACKOFF = 2_000;

  /** A call under way: its name is the claim's, the result's and the refresh token's. */
  record Call(String name, int from) {}

  /**
   * @param calls what each process is doing
   * @param made how many calls there were, for their names
   * @param clock the time of whoever acts next
   */
  record State(
      @Nullable ChainRow row, FetchedModel model, Map<String, Call> calls, int made, long clock) {
    State at(long time) {
      return new State(row, model, calls, made, time);
    }
  }

  /** What the code is asked, what the model is, and what the process knows after the answer. */
  record Move(
      String name,
      @Nullable BiFunction<@Nullable ChainRow, Evaluation, Decision<String>> command,
      BiFunction<FetchedModel, Long, FetchedModel.Told> reference,
      BiFunction<State, String, State> then,
      long tick) {
    @Override
    public String toString() {
      return name;
    }
  }

  State start() {
    return new State(null, FetchedModel.NOTHING, Map.of(), 0, FetchedFixture.START);
  }

  @Override
  public List<Move> moves(State state) {
    List<Move> moves = new ArrayList<>(commands(state));
    for (long tick : ticks) {
      moves.add(
          new Move(
              "wait " + tick,
              null,
              (m, clock) -> new FetchedModel.Told("", m),
              (s, answer) -> s,
              tick));
    }
    return moves;
  }

  /** Every command. */
  List<Move> commands(State state) {
    List<Move> moves = new ArrayList<>();
    long later = state.clock + BACKOFF;
    int generation = state.model.generation();
    moves.add(fetch("read", FetchedFixture.OPEN::decide, FetchedModel::read));
    for (String grant : List.of("g1", "g2")) {
      NewTokens tokens = FetchedFixture.tokens(grant, state.clock);
      Adopt adopt = new Adopt(FetchedFixture.OPEN, grant, tokens);
      moves.add(fetch("adopt " + grant, adopt::decide, (m, c) -> m.adopt(grant, c)));
    }
    for (String process : List.of("p", "q")) {
      Call call = state.calls.get(process);
      moves.addAll(call == null ? List.of(claim(state, process)) : ends(process, call, later));
    }
    String held = state.model.claim();
    if (held != null) {
      AbandonClaim abandon = new AbandonClaim(held, later);
      moves.add(fetch("abandon " + held, abandon::decide, (m, c) -> m.abandon(held, later, c)));
    }
    for (int rejected = Math.max(0, generation - 1); rejected <= generation; rejected++) {
      int old = rejected;
      moves.add(
          fetch("invalidate " + old, new Invalidate(old)::decide, (m, c) -> m.invalidate(old, c)));
    }
    moves.add(fetch("clear", new ClearFailure(generation)::decide, FetchedModel::clear));
    Administer admin = new Administer("request", null, 0);
    moves.add(administer("suspend", admin::suspend, FetchedModel::suspend));
    moves.add(administer("resume", admin::resume, FetchedModel::resume));
    moves.add(
        administer(
            "close", (row, e) -> admin.end(row, ChainState.CLOSED, null, e), FetchedModel::close));
    return moves;
  }

  private static Move claim(State state, String process) {
    int from = Math.max(0, state.model.generation());
    Call call = new Call(process + state.made, from);
    ClaimSource claim = new ClaimSource(from, new Claim(call.name, process, from));
    return new Move(
        call.name + " claims",
        (row, e) -> told(row, claim.decide(row, e)),
        (m, clock) -> m.claim(call.name, from, clock),
        (s, answer) -> answer.equals("done") ? calling(s, process, call) : s,
        0);
  }

  private static List<Move> ends(String process, Call call, long later) {
    List<Move> moves = new ArrayList<>();
    NewTokens tokens = FetchedFixture.tokens(call.name, 0);
    StoreFetched store = new StoreFetched(call.from, call.name, tokens, 0);
    moves.add(
        new Move(
            call.name + " stores",
            (row, e) -> told(row, store.decide(row, e)),
            (m, clock) -> m.store(call.name, call.from, clock),
            (s, answer) -> answer.equals("claimed") ? s : calling(s, process, null),
            0));
    for (FailureKind kind :
        List.of(FailureKind.TRANSIENT, FailureKind.PERMANENT, FailureKind.AMBIGUOUS)) {
      FailFetch fail = new FailFetch(call.from, call.name, kind, later);
      moves.add(
          new Move(
              call.name + " fails " + kind,
              (row, e) -> told(row, fail.decide(row, e)),
              (m, clock) -> m.fail(call.name, call.from, kind, later, clock),
              (s, answer) -> calling(s, process, null),
              0));
    }
    return moves;
  }

  private static State calling(State state, String process, @Nullable Call call) {
    Map<String, Call> calls = new HashMap<>(state.calls);
    if (call == null) {
      calls.remove(process);
    } else {
      calls.put(process, call);
    }
    int made = call == null ? state.made : state.made + 1;
    return new State(state.row, state.model, Map.copyOf(calls), made, state.clock);
  }

  private static Move fetch(
      String name,
      BiFunction<@Nullable ChainRow, Evaluation, Decision<FetchAnswer>> command,
      BiFunction<FetchedModel, Long, FetchedModel.Told> reference) {
    return new Move(
        name, (row, e) -> told(row, command.apply(row, e)), reference, (s, answer) -> s, 0);
  }

  private static Move administer(
      String name,
      BiFunction<@Nullable ChainRow, Evaluation, Decision<Answer>> command,
      BiFunction<FetchedModel, Long, FetchedModel.Told> reference) {
    return new Move(
        name,
        (row, e) -> {
          Decision<Answer> d = command.apply(row, e);
          boolean refused = d.answer() instanceof Answer.Refused;
          String answer = refused ? "refused" : d.next() == null ? "already" : "done";
          return new Decision<>(answer, d.next(), List.of());
        },
        reference,
        (s, answer) -> s,
        0);
  }

  /** The answer in the model's words; it must carry the row as it is after the command. */
  private static Decision<String> told(@Nullable ChainRow before, Decision<FetchAnswer> d) {
    ChainRow row = d.next() == null ? before : d.next();
    String answer = FetchedWords.of(d.answer(), row);
    return new Decision<>(answer, d.next(), d.companions());
  }

  @Override
  public State after(State state, Move move) {
    if (move.command == null) {
      return state.at(state.clock + move.tick);
    }
    Evaluation evaluation = Evaluation.first("op", state.clock);
    Decision<String> decision = move.command.apply(state.row, evaluation);
    assertThat(move.command.apply(state.row, evaluation)).as("I22").isEqualTo(decision);
    new RowLaws(null).check(state.row, decision, evaluation);
    FetchedModel.Told told = move.reference.apply(state.model, state.clock);
    assertThat(decision.answer()).isEqualTo(told.answer());
    ChainRow row = decision.next() == null ? state.row : normal(decision.next());
    if (row != null) {
      checkRow(row, told.next());
    }
    State next = new State(row, told.next(), state.calls, state.made, state.clock);
    return move.then.apply(next, told.answer());
  }

  private static void checkRow(ChainRow row, FetchedModel model) {
    assertThat(row.state()).isEqualTo(model.state());
    assertThat(row.generation()).isEqualTo(model.generation());
    assertThat(row.seq()).isZero();
    assertThat(row.control().lastAt()).isEqualTo(model.lastAt());
    assertThat(row.claim() == null ? null : row.claim().claimId()).isEqualTo(model.claim());
    Upstream upstream = row.upstream();
    assertThat(upstream == null).as("I6").isEqualTo(model.over() && model.grant() == null);
    if (upstream != null) {
      assertThat(upstream.grantId()).isEqualTo(model.grant() == null ? "" : model.grant());
      assertThat(upstream.accessToken()).as("I28").isEqualTo(named("access-", model.access()));
      assertThat(upstream.refreshToken()).as("I28").isEqualTo(named("refresh-", model.refresh()));
      assertThat(upstream.resends()).as("I26").isEqualTo(model.resends());
    }
    assertThat(row.current() == null).isEqualTo(model.access() == null);
    FetchedModel.Trouble t = model.trouble();
    assertThat(row.failure())
        .isEqualTo(
            t == null
                ? null
                : new Failure(t.kind(), model.generation(), t.count(), t.since(), t.notBefore()));
  }

  private static @Nullable String named(String prefix, @Nullable String name) {
    return name == null ? null : prefix + name;
  }

  /** The row without what only counts writes or names requests. */
  private static ChainRow normal(ChainRow row) {
    ChainControl c = row.control();
    return row.draft()
        .control(new ChainControl(1, "", null, c.state(), null, c.lastAt(), c.lastUse()))
        .row();
  }
}
