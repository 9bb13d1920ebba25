package dev.tokenlife.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.Claim;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Upstream;
import dev.tokenlife.spi.CompanionChange;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One fetched chain, driven command by command: each decision is committed at once and checked
 * against the laws of every write.
 */
final class FetchedFixture {
  static final long START = 1_893_456_000_000L;
  static final ChainKey KEY = ChainKey.of("spotify", "user-42");
  static final OpenFetched OPEN = new OpenFetched(KEY, "spotify", "nonce");

  private final RowLaws laws = new RowLaws(null);
  private @Nullable ChainRow row;
  private List<CompanionChange> companions = List.of();
  private boolean wrote;
  private long now = START;
  private int ops;

  /** Nothing is there yet. */
  static FetchedFixture nothing() {
    return new FetchedFixture();
  }

  /** Opened by a read, at generation 0. */
  static FetchedFixture open() {
    FetchedFixture chain = new FetchedFixture();
    chain.run(OPEN::decide);
    return chain;
  }

  /** Signed in at START with grant-1: tokens of the name 1, generation 1. */
  static FetchedFixture adopted() {
    FetchedFixture chain = new FetchedFixture();
    chain.adopt("grant-1", tokens("1", START));
    return chain;
  }

  /** What a source gave at a time: good for an hour, due after half of it. */
  static NewTokens tokens(String name, long at) {
    return new NewTokens(
        "access-" + name,
        "refresh-" + name,
        "Bearer",
        "read",
        "more-" + name,
        at,
        at + 3_600_000,
        at + 1_800_000);
  }

  FetchedFixture at(long millis) {
    now = START + millis;
    return this;
  }

  FetchedFixture with(UnaryOperator<ChainRow> change) {
    row = change.apply(row());
    return this;
  }

  FetchAnswer open(String nonce) {
    return run(new OpenFetched(KEY, "spotify", nonce)::decide);
  }

  FetchAnswer adopt(String grantId, NewTokens tokens) {
    return run(new Adopt(OPEN, grantId, tokens)::decide);
  }

  /** Claims by a process called {@code owner}; the claim has the same name. */
  FetchAnswer claim(String owner, long generation) {
    return run(new ClaimSource(generation, new Claim(owner, owner, generation))::decide);
  }

  /** Asks whether a source that can be called twice may be called now. */
  FetchAnswer mayCall(long generation) {
    return run(new ClaimSource(generation, null)::decide);
  }

  FetchAnswer store(long generation, @Nullable String claimId, NewTokens tokens) {
    return run(new StoreFetched(generation, claimId, tokens, 77)::decide);
  }

  FetchAnswer fail(long generation, @Nullable String claimId, FailureKind kind, long notBefore) {
    return run(new FailFetch(generation, claimId, kind, notBefore)::decide);
  }

  FetchAnswer abandon(String claimId, long notBefore) {
    return run(new AbandonClaim(claimId, notBefore)::decide);
  }

  FetchAnswer invalidate(long generation) {
    return run(new Invalidate(generation)::decide);
  }

  FetchAnswer clearFailure(long generation) {
    return run(new ClearFailure(generation)::decide);
  }

  Answer suspend() {
    return run(administer()::suspend);
  }

  Answer resume() {
    return run(administer()::resume);
  }

  Answer close() {
    Administer admin = administer();
    return run(
        (current, evaluation) -> admin.end(current, ChainState.CLOSED, "because", evaluation));
  }

  private Administer administer() {
    return new Administer("request-" + ops, null, 0);
  }

  /** Decides twice, which must agree, and commits. */
  <A> A run(BiFunction<@Nullable ChainRow, Evaluation, Decision<A>> command) {
    Evaluation evaluation = Evaluation.first("op-" + ++ops, now);
    Decision<A> decision = command.apply(row, evaluation);
    assertThat(command.apply(row, evaluation)).as("pure").isEqualTo(decision);
    laws.check(row, decision, evaluation);
    wrote = decision.next() != null;
    companions = decision.companions();
    row = wrote ? decision.next() : row;
    return decision.answer();
  }

  ChainRow row() {
    return Objects.requireNonNull(row);
  }

  Upstream upstream() {
    return Objects.requireNonNull(row().upstream());
  }

  boolean wrote() {
    return wrote;
  }

  /** Written, and answered from the row that was written. */
  void assertWritten(FetchAnswer answer) {
    assertThat(answer).isEqualTo(new FetchAnswer.Done(row(), false));
    assertThat(wrote).isTrue();
    assertThat(companions).isEmpty();
  }

  /** Answered from the row as it is; nothing was written. */
  void assertUnchanged(FetchAnswer answer, FetchAnswer expected) {
    assertThat(answer).isEqualTo(expected);
    assertThat(wrote).isFalse();
  }
}
