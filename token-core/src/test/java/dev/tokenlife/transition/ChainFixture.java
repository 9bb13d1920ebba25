package dev.tokenlife.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.ChallengeSlot;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.PreviousToken;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One issued chain, driven command by command: each decision is committed at once and checked
 * against the laws of every write. The first holder is {@code anna}.
 */
final class ChainFixture {
  static final long START = 1_893_456_000_000L;
  static final ChainKey KEY = ChainKey.of("session-7", "chain-1");
  static final int KEY_ID = 7;

  private final ChainPolicy policy;
  private final RowLaws laws;
  private final Set<Companion> existing = new HashSet<>();
  private @Nullable ChainRow row;
  private Decision<Answer> last = Decision.answer(new Answer.Refused(Refusal.NOT_FOUND));
  private long now = START;
  private boolean first = true;
  private boolean asking;
  private int ops;
  private int requests;

  private ChainFixture(ChainPolicy policy) {
    this.policy = policy;
    this.laws = new RowLaws(policy);
  }

  /** Nothing is open yet. */
  static ChainFixture nothing(ChainPolicy policy) {
    return new ChainFixture(policy);
  }

  /** Opened by anna at START. */
  static ChainFixture open(ChainPolicy policy) {
    ChainFixture chain = new ChainFixture(policy);
    chain.open("anna", null);
    return chain;
  }

  /** Opened by anna, who is bound to a key. */
  static ChainFixture openBound(ChainPolicy policy, String key) {
    ChainFixture chain = new ChainFixture(policy);
    chain.open("anna", key);
    return chain;
  }

  Answer open(String holder, @Nullable String key) {
    Open open = new Open(KEY, origin(policy, START), holder, key, policy, KEY_ID);
    return run(open::decide);
  }

  static ChainOrigin origin(ChainPolicy policy, long now) {
    Duration life = policy.absoluteLife();
    return new ChainOrigin(
        ChainKind.MINTED,
        "ENTRY",
        policy.id(),
        null,
        now,
        "open-1",
        life == null ? Long.MAX_VALUE : now + life.toMillis(),
        policy.idleTimeout(),
        "nonce");
  }

  /** Lets time pass; a negative time is a process with another clock. */
  ChainFixture after(long millis) {
    now += millis;
    return this;
  }

  /** Sets the process's time, counted from the opening. */
  ChainFixture at(long millis) {
    now = START + millis;
    return this;
  }

  /** The next command is evaluated again after a lost race. */
  ChainFixture raceLost() {
    first = false;
    return this;
  }

  /** An earlier attempt was refused for this companion. */
  ChainFixture refusedFor(Companion companion) {
    existing.add(companion);
    return this;
  }

  /** Hand-overs need the application's word from now on. */
  ChainFixture asking() {
    asking = true;
    return this;
  }

  /** Changes the row behind the transitions' back. */
  ChainFixture with(UnaryOperator<ChainRow> change) {
    row = change.apply(row());
    return this;
  }

  Answer poll(String who) {
    return poll(who, null);
  }

  Answer poll(String who, @Nullable String key) {
    return run(new Poll(who, key, policy, KEY_ID)::decide);
  }

  Answer handOver(Presented token, String actor) {
    return handOver(token, Actor.of(actor));
  }

  Answer handOver(Presented token, Actor actor) {
    return run(new HandOver(token, actor, asking, policy, KEY_ID)::decide);
  }

  Answer challenge(Presented token, String scanner, String id) {
    return challenge(token, Actor.of(scanner), id);
  }

  Answer challenge(Presented token, Actor scanner, String id) {
    return run(new RequestChallenge(token, scanner, asking, id, "nonce-" + id, policy, 9)::decide);
  }

  Answer debit(String id, Actor scanner) {
    return run(new AnswerChallenge(id, scanner, asking, policy, KEY_ID)::debit);
  }

  Answer match(String id, Actor scanner) {
    AnswerChallenge answer = new AnswerChallenge(id, scanner, asking, policy, KEY_ID);
    return run((current, evaluation) -> answer.match(current, "nonce-" + id, evaluation));
  }

  Answer reassign(String holder) {
    Administer admin = administer();
    return run((current, evaluation) -> admin.reassign(current, holder, "key", evaluation));
  }

  Answer suspend() {
    return run(administer()::suspend);
  }

  Answer resume() {
    return run(administer()::resume);
  }

  Answer close() {
    return end(ChainState.CLOSED);
  }

  Answer revoke() {
    return end(ChainState.REVOKED);
  }

  private Answer end(ChainState state) {
    Administer admin = administer();
    return run((current, evaluation) -> admin.end(current, state, "because", evaluation));
  }

  /** A request of its own each time. */
  private Administer administer() {
    return new Administer("request-" + ++requests, policy, KEY_ID);
  }

  /** Decides twice, which must agree, and commits. */
  Answer run(BiFunction<@Nullable ChainRow, Evaluation, Decision<Answer>> command) {
    Evaluation evaluation = new Evaluation("op-" + ++ops, now, first, Set.copyOf(existing));
    last = command.apply(row, evaluation);
    assertThat(command.apply(row, evaluation)).as("pure").isEqualTo(last);
    laws.check(row, last, evaluation);
    first = true;
    row = last.next() == null ? row : last.next();
    return last.answer();
  }

  ChainRow row() {
    return Objects.requireNonNull(row);
  }

  boolean wrote() {
    return last.next() != null;
  }

  List<CompanionChange> companions() {
    return last.companions();
  }

  CurrentToken current() {
    return Objects.requireNonNull(row().current());
  }

  PreviousToken previous() {
    return Objects.requireNonNull(row().previous());
  }

  ChallengeSlot slot() {
    return row().challenges().get(0);
  }

  /** The current token as somebody would present it. */
  Presented token() {
    return new Presented(current().generation(), current().seq());
  }

  /** The time since the opening of a point in time. */
  static long since(long millis) {
    return millis - START;
  }

  static void assertRefused(Answer answer, Refusal refusal) {
    assertThat(answer).isEqualTo(new Answer.Refused(refusal));
  }

  /** Refused, and nothing was written. */
  void assertRefusedSilently(Answer answer, Refusal refusal) {
    assertRefused(answer, refusal);
    assertThat(wrote()).isFalse();
  }

  /** Done for the first time; answered from the row as it is now. */
  void assertDone(Answer answer) {
    assertThat(answer).isEqualTo(new Answer.Done(row(), false));
  }

  /** Done before. */
  void assertRepeat(Answer answer) {
    assertThat(answer).isEqualTo(new Answer.Done(row(), true));
  }
}
