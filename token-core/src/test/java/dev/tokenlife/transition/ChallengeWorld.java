package dev.tokenlife.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ActorRule;
import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.ChallengeRule;
import dev.tokenlife.model.ChallengeSlot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A challenged chain, two scanners who guess right or wrong, pause between guess and hand-over, and
 * may lose their answers. Every answer is held against {@link ChallengeModel}; what may never be
 * exceeded is counted beside it.
 */
record ChallengeWorld(ChainPolicy rules)
    implements World<ChallengeWorld.State, ChallengeWorld.Move> {
  private static final List<String> SCANNERS = List.of("ben", "cora");

  /** Good 4 s; a code 3 s and 2 guesses, 2 codes a seq, locked 5 s after 3 failures. */
  static ChallengeWorld small() {
    return new ChallengeWorld(
        ChainPolicy.builder("challenged", Duration.ofSeconds(4))
            .actorRule(ActorRule.HANDOVER)
            .grace(Duration.ofSeconds(2), 1)
            .challenge(new ChallengeRule(6, Duration.ofSeconds(3), 2, 2, 3, Duration.ofSeconds(5)))
            .build());
  }

  /**
   * @param ids each scanner's newest challenge
   * @param right the challenges that were guessed right and not handed over yet
   * @param compared how often each challenge was compared
   * @param wrong wrong guesses since the last hand-over, or since a lock that ended
   * @param made how many challenges there were, for their names
   */
  record State(
      ChainRow row,
      ChallengeModel model,
      Map<String, String> ids,
      Map<String, String> right,
      Map<String, Integer> compared,
      int wrong,
      int made,
      long clock) {}

  /** What the code is asked, what the model is, and what the world is after the answer. */
  record Move(
      String name,
      @Nullable BiFunction<ChainRow, Evaluation, Decision<Answer>> command,
      BiFunction<ChallengeModel, Long, ChallengeModel.Told> reference,
      BiFunction<State, String, State> then) {
    @Override
    public String toString() {
      return name;
    }
  }

  State start() {
    return new State(
        normal(ChainFixture.open(rules).row()),
        ChallengeModel.open(rules, ChainFixture.START),
        Map.of(),
        Map.of(),
        Map.of(),
        0,
        0,
        ChainFixture.START);
  }

  @Override
  public List<Move> moves(State state) {
    List<Move> moves = new ArrayList<>();
    String holder = state.model.holder();
    Poll poll = new Poll(holder, null, rules, ChainFixture.KEY_ID);
    Administer admin = new Administer("request", rules, ChainFixture.KEY_ID);
    boolean suspended = state.row.state() == ChainState.SUSPENDED;
    moves.add(move("poll", poll::decide, ChallengeModel::poll));
    moves.add(
        move(
            "reassign",
            (row, e) -> admin.reassign(row, "dora", null, e),
            (m, now) -> m.reassign("dora", now)));
    moves.add(
        move(
            suspended ? "resume" : "suspend",
            suspended ? admin::resume : admin::suspend,
            ChallengeModel::suspendOrResume));
    for (String scanner : SCANNERS) {
      moves.add(ask(state, scanner));
      String id = state.ids.get(scanner);
      if (id != null) {
        moves.add(guess(scanner, id, true));
        moves.add(guess(scanner, id, false));
        String other = scanner.equals("ben") ? "cora" : "ben";
        moves.add(guess(other, id, true));
      }
      String right = state.right.get(scanner);
      if (right != null) {
        moves.add(match(scanner, right));
      }
    }
    for (long tick : List.of(1_000L, 4_000L)) {
      moves.add(new Move("wait " + tick, null, (m, now) -> m.poll(now), (s, a) -> waited(s, tick)));
    }
    return moves;
  }

  private Move ask(State state, String scanner) {
    String id = scanner + state.made;
    ChainRow row = state.row;
    RequestChallenge ask =
        new RequestChallenge(
            new Presented(row.generation(), row.seq()),
            Actor.of(scanner),
            false,
            id,
            "nonce-" + id,
            rules,
            9);
    return new Move(
        id + " asks",
        ask::decide,
        (m, now) -> m.ask(scanner, id, now),
        (s, answer) ->
            answer.equals("done")
                ? with(s, put(s.ids, scanner, id), s.right, s.compared, s.wrong, s.made + 1)
                : s);
  }

  private Move guess(String scanner, String id, boolean right) {
    AnswerChallenge answer = answer(scanner, id);
    return new Move(
        scanner + " guesses " + id + (right ? " right" : " wrong"),
        answer::debit,
        (m, now) -> m.guess(scanner, id, now),
        (s, told) -> told.equals("compare") ? guessed(s, scanner, id, right) : s);
  }

  private Move match(String scanner, String id) {
    AnswerChallenge answer = answer(scanner, id);
    return new Move(
        scanner + " goes on with " + id,
        (row, e) -> answer.match(row, "nonce-" + id, e),
        (m, now) -> m.match(scanner, id, now),
        (s, told) -> s);
  }

  private AnswerChallenge answer(String scanner, String id) {
    Actor actor = new Actor(scanner, null, id, -1, true);
    return new AnswerChallenge(id, actor, false, rules, ChainFixture.KEY_ID);
  }

  private static Move move(
      String name,
      BiFunction<ChainRow, Evaluation, Decision<Answer>> command,
      BiFunction<ChallengeModel, Long, ChallengeModel.Told> reference) {
    return new Move(name, command, reference, (s, answer) -> s);
  }

  /** I18 and I19: compared at most as often as allowed, and wrong at most as often. */
  private State guessed(State s, String scanner, String id, boolean right) {
    ChallengeRule rule = Objects.requireNonNull(rules.challenge());
    assertThat(id).as("I18: only its scanner").startsWith(scanner);
    int compared = s.compared.getOrDefault(id, 0) + 1;
    assertThat(compared).as("I18").isLessThanOrEqualTo(rule.attempts());
    int wrong = s.wrong + (right ? 0 : 1);
    assertThat(wrong).as("I19").isLessThanOrEqualTo(rule.lockAfter());
    Map<String, String> rights = right ? put(s.right, scanner, id) : s.right;
    return with(s, s.ids, rights, put(s.compared, id, compared), wrong, s.made);
  }

  @Override
  public State after(State state, Move move) {
    if (move.command == null) {
      return move.then.apply(state, "");
    }
    Evaluation evaluation = Evaluation.first("op", state.clock);
    Decision<Answer> decision = move.command.apply(state.row, evaluation);
    new RowLaws(rules).check(state.row, decision, evaluation);
    ChallengeModel.Told told = move.reference.apply(state.model, state.clock);
    assertThat(answer(decision)).isEqualTo(told.answer());
    ChainRow row = decision.next() == null ? state.row : normal(decision.next());
    checkRow(row, told.next());
    boolean newSeq = row.seq() > state.row.seq();
    State next =
        new State(
            row,
            told.next(),
            state.ids,
            state.right,
            state.compared,
            newSeq ? 0 : state.wrong,
            state.made,
            state.clock);
    return move.then.apply(next, told.answer());
  }

  private static String answer(Decision<Answer> decision) {
    if (decision.answer() instanceof Answer.Refused refused) {
      return "refused " + refused.refusal();
    }
    if (decision.answer() instanceof Answer.Compare) {
      return "compare";
    }
    return decision.answer() instanceof Answer.Done done && done.repeat() ? "repeated" : "done";
  }

  private static void checkRow(ChainRow row, ChallengeModel model) {
    assertThat(row.position().holder()).isEqualTo(model.holder());
    assertThat(row.seq()).isEqualTo(model.seq());
    assertThat(row.generation()).isEqualTo(model.generation());
    assertThat(Objects.requireNonNull(row.current()).expiresAt()).isEqualTo(model.expiresAt());
    assertThat(row.budgets())
        .as("I19")
        .isEqualTo(new Budgets(model.failed(), model.asked(), 0, model.lockedUntil()));
    Map<String, ChallengeModel.Card> cards = new TreeMap<>();
    for (ChallengeSlot slot : row.challenges()) {
      cards.put(
          slot.scanner(),
          new ChallengeModel.Card(
              slot.id(), (int) slot.generation(), slot.expiresAt(), slot.attemptsLeft()));
      assertThat(slot.seq()).isEqualTo(row.seq());
    }
    assertThat(cards).isEqualTo(model.cards()).hasSize(row.challenges().size());
  }

  private static State waited(State s, long tick) {
    long clock = s.clock + tick;
    long until = s.model.lockedUntil();
    boolean lockOver = until > 0 && clock >= until;
    return new State(
        s.row, s.model, s.ids, s.right, s.compared, lockOver ? 0 : s.wrong, s.made, clock);
  }

  private static State with(
      State s,
      Map<String, String> ids,
      Map<String, String> right,
      Map<String, Integer> compared,
      int wrong,
      int made) {
    return new State(s.row, s.model, ids, right, compared, wrong, made, s.clock);
  }

  private static <V> Map<String, V> put(Map<String, V> map, String key, V value) {
    Map<String, V> more = new TreeMap<>(map);
    more.put(key, value);
    return more;
  }

  private static ChainRow normal(ChainRow row) {
    ChainControl c = row.control();
    return row.draft()
        .control(new ChainControl(1, "", null, c.state(), null, c.lastAt(), c.lastUse()))
        .row();
  }
}
