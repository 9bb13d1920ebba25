package dev.tokenlife;

import static dev.tokenlife.Fixture.current;
import static dev.tokenlife.Fixture.failure;
import static dev.tokenlife.Fixture.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Secret;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.testing.Node;
import dev.tokenlife.testing.NodeTime;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.testing.ScriptedSource;
import dev.tokenlife.testing.StoreCall;
import dev.tokenlife.testing.StoreFault;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Single-use refresh tokens: announced before they are spent, never lost, never spent twice. */
class ExclusiveSourceTest {
  private static final ChainKey ANN = ChainKey.of("music", "ann");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DUE = Duration.ofMinutes(50);
  private static final Secret FIRST = Secret.of("refresh-0");

  private final VirtualTime time = new VirtualTime();
  private final ReferenceStore store = ReferenceStore.shared();
  private final List<Node> nodes = new ArrayList<>();
  private ScriptedSource source = ScriptedSource.singleUse("music", Duration.ZERO, time);

  private Node node(String name) {
    return node(name, builder -> builder);
  }

  private Node node(String name, UnaryOperator<TokensBuilder> change) {
    Node node = Node.start(name, store, time, source, PullEngine.create(), change);
    nodes.add(node);
    return node;
  }

  @AfterEach
  void closeNodes() {
    nodes.forEach(Node::close);
  }

  private void signIn(Node node) {
    FetchedToken grant = FetchedToken.of("granted", HOUR).withRefreshToken(FIRST);
    assertThat(node.tokens().adopt(ANN, "grant", grant)).isTrue();
  }

  private ChainRow row() {
    return store.find(ANN).orElseThrow().row();
  }

  private CompletableFuture<AccessToken> refresh(Node node) {
    return node.tokens().refresh(ANN, Demand.BLOCKED);
  }

  private static TokenUnavailableException refused(CompletableFuture<AccessToken> answer) {
    assertThat(answer).isCompletedExceptionally();
    return (TokenUnavailableException) answer.handle((token, failure) -> failure).join();
  }

  @Test
  void theClaimIsInTheRow_beforeTheRefreshTokenIsSent() {
    Node a = node("a");
    signIn(a);
    List<ChainRow> seen = new ArrayList<>();
    source.then(
        request -> {
          seen.add(row());
          return FetchedToken.of("new", HOUR);
        });
    assertThat(refresh(a).join().bearer()).isEqualTo("Bearer new");
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).claim()).isNotNull();
    assertThat(row().claim()).isNull();
    assertThat(source.requests().get(0).refreshToken()).contains(FIRST);
  }

  @Test
  void whoFindsAClaim_waitsForTheGeneration_andCallsNothing() {
    Node a = node("a");
    Node b = node("b");
    signIn(a);
    List<CompletableFuture<AccessToken>> loser = new ArrayList<>();
    source.then(
        request -> {
          loser.add(refresh(b));
          time.advance(Duration.ofSeconds(2));
          assertThat(loser.get(0)).isNotDone();
          return FetchedToken.of("new", HOUR);
        });
    AccessToken won = refresh(a).join();
    time.advance(Duration.ofSeconds(1));
    assertThat(loser.get(0).join().bearer()).isEqualTo(won.bearer());
    assertThat(source.calls()).isEqualTo(1);
  }

  @Test
  void aClaimIsTakenOver_onlyAfterThirtySecondsOfWatching_andNotResentBeforeTheHardStop() {
    Node a = node("a");
    Node b = node("b");
    signIn(a);
    leaveAClaim(a);
    b.tokens().get(ANN);
    time.advance(DUE);
    AccessToken old = b.tokens().get(ANN);
    CompletableFuture<AccessToken> waiting = refresh(b);
    time.advance(Duration.ofSeconds(29));
    assertThat(row().claim()).isNotNull();
    assertThat(b.tokens().get(ANN)).as("served meanwhile").isSameAs(old);
    time.advance(Duration.ofSeconds(2));
    assertThat(row().claim()).isNull();
    assertThat(failure(row()).kind()).isEqualTo(FailureKind.AMBIGUOUS);
    assertThat(refused(waiting).kind()).contains(FailureKind.AMBIGUOUS);
    assertThat(b.events().events(TokenEvent.Type.CLAIM_ABANDONED)).hasSize(1);
    assertThat(source.calls()).isZero();
    time.advance(Duration.ofMinutes(5));
    assertThat(b.tokens().get(ANN)).isSameAs(old);
    assertThat(source.calls()).isZero();
    time.advance(Duration.ofMinutes(4));
    assertThat(b.tokens().get(ANN).bearer()).isEqualTo("Bearer access-1");
    assertThat(b.events().events(TokenEvent.Type.RESENT)).hasSize(1);
    assertThat(upstream(row()).resends()).isEqualTo(1);
    assertThat(row().failure()).isNull();
  }

  @Test
  void withinAGraceThatIsLongEnough_anAbandonedClaimIsSentAgainAtOnce() {
    source = ScriptedSource.singleUse("music", Duration.ofMinutes(2), time);
    Node a = node("a");
    Node b = node("b");
    signIn(a);
    leaveAClaim(a);
    CompletableFuture<AccessToken> waiting = refresh(b);
    time.advance(Duration.ofSeconds(32));
    assertThat(waiting.join().bearer()).isEqualTo("Bearer access-1");
    assertThat(upstream(row()).resends()).isEqualTo(1);
  }

  @Test
  void aGraceThatHasPassedBeforeAnybodyLooked_isNoGrace() {
    source = ScriptedSource.singleUse("music", Duration.ofMinutes(2), time);
    Node a = node("a");
    signIn(a);
    source.then(request -> FetchedToken.of("never stored", HOUR));
    a.store()
        .breakCall(
            StoreCall.REPLACE, a.store().calls(StoreCall.REPLACE) + 2, StoreFault.KILLED_BEFORE);
    var unused = refresh(a);
    a.kill();
    assertThat(row().claim()).isNotNull();
    time.advance(Duration.ofMinutes(10));
    Node b = node("b");
    CompletableFuture<AccessToken> waiting = refresh(b);
    time.advance(Duration.ofSeconds(40));
    assertThat(refused(waiting).kind()).contains(FailureKind.AMBIGUOUS);
    assertThat(source.secondUses()).isEmpty();
  }

  @Test
  void aLostAnswer_isSentAgainAtOnce_withinTheGrace_forTheSameWaiters() {
    source = ScriptedSource.singleUse("music", Duration.ofSeconds(30), time);
    Node a = node("a");
    signIn(a);
    source.fail(FailureKind.AMBIGUOUS);
    assertThat(refresh(a).join().bearer()).isEqualTo("Bearer access-1");
    assertThat(source.calls()).isEqualTo(2);
    assertThat(source.resends()).containsExactly(FIRST);
    assertThat(a.events().events(TokenEvent.Type.RESENT)).hasSize(1);
  }

  @Test
  void aFailureBeforeThat_doesNotCostTheGrace() {
    source = ScriptedSource.singleUse("music", Duration.ofSeconds(30), time);
    Node a = node("a");
    signIn(a);
    source.fail(FailureKind.TRANSIENT).fail(FailureKind.AMBIGUOUS);
    assertThat(refused(refresh(a)).kind()).contains(FailureKind.TRANSIENT);
    assertThat(refresh(a).join().bearer()).isEqualTo("Bearer access-1");
  }

  @Test
  void anAnswerThatIsLostTwice_waitsForTheHardStop() {
    source = ScriptedSource.singleUse("music", Duration.ofSeconds(30), time);
    Node a = node("a");
    signIn(a);
    source.fail(FailureKind.AMBIGUOUS).fail(FailureKind.AMBIGUOUS);
    assertThat(refused(refresh(a)).kind()).contains(FailureKind.AMBIGUOUS);
    assertThat(source.calls()).isEqualTo(2);
    assertThat(failure(row()).notBefore())
        .isGreaterThanOrEqualTo(current(row()).expiresAt() - 60_000);
  }

  @Test
  void withTheSetting_aLostAnswerIsNeverSentAgain_andThePersonIsAsked() {
    Node a = node("a", builder -> builder.resendAfterLostAnswer(false));
    signIn(a);
    source.fail(FailureKind.AMBIGUOUS);
    assertThat(refused(refresh(a)).kind()).contains(FailureKind.AMBIGUOUS);
    assertThat(a.events().events(TokenEvent.Type.SIGN_IN_REQUIRED)).hasSize(1);
    time.advance(Duration.ofDays(30));
    assertThat(refused(a.tokens().getAsync(ANN)).kind()).contains(FailureKind.AMBIGUOUS);
    assertThat(source.calls()).isEqualTo(1);
    a.tokens()
        .adopt(ANN, "grant-2", FetchedToken.of("again", HOUR).withRefreshToken(Secret.of("r2")));
    assertThat(a.tokens().get(ANN).bearer()).isEqualTo("Bearer again");
    time.advance(DUE);
    a.tokens().get(ANN);
    assertThat(source.calls()).as("refreshes go on").isEqualTo(2);
  }

  @Test
  void withTheSetting_anAbandonedClaimIsNeverSentAgain_andThePersonIsAsked() {
    Node a = node("a");
    Node b = node("b", builder -> builder.resendAfterLostAnswer(false));
    signIn(a);
    leaveAClaim(a);
    CompletableFuture<AccessToken> waiting = refresh(b);
    time.advance(Duration.ofSeconds(32));
    assertThat(refused(waiting).kind()).contains(FailureKind.AMBIGUOUS);
    assertThat(b.events().events(TokenEvent.Type.SIGN_IN_REQUIRED)).hasSize(1);
    time.advance(Duration.ofHours(3));
    assertThat(refused(b.tokens().getAsync(ANN))).isNotNull();
    assertThat(source.calls()).isZero();
  }

  @Test
  void signingInElsewhere_endsTheFailureHere() {
    Node a = node("a", builder -> builder.resendAfterLostAnswer(false));
    Node b = node("b");
    signIn(a);
    source.fail(FailureKind.AMBIGUOUS);
    assertThat(refused(refresh(a))).isNotNull();
    time.advance(HOUR);
    b.tokens()
        .adopt(ANN, "grant-2", FetchedToken.of("again", HOUR).withRefreshToken(Secret.of("r2")));
    time.advance(Duration.ofSeconds(31));
    assertThat(a.tokens().get(ANN).bearer()).isEqualTo("Bearer again");
    time.advance(DUE);
    assertThat(a.tokens().get(ANN)).isNotNull();
    assertThat(source.calls()).as("its refreshes go on here").isEqualTo(2);
  }

  @Test
  void aResultThatCannotBeStored_isKeptForAsLongAsItTakes_andNeverLost() {
    Node a = node("a");
    signIn(a);
    source.then(
        request -> {
          a.store().breakRandomly(1, 1.0, StoreFault.UNAVAILABLE);
          return FetchedToken.of("precious", HOUR);
        });
    CompletableFuture<AccessToken> answer = refresh(a);
    time.advance(Duration.ofMinutes(20));
    assertThat(answer).isNotDone();
    a.store().heal();
    time.advance(Duration.ofSeconds(6));
    assertThat(answer.join().bearer()).isEqualTo("Bearer precious");
    assertThat(row().claim()).isNull();
    assertThat(source.calls()).isEqualTo(1);
  }

  @Test
  void anAnswerOfTheStoreThatIsLost_isRecognised() {
    Node a = node("a");
    signIn(a);
    long replaces = a.store().calls(StoreCall.REPLACE);
    a.store().breakCall(StoreCall.REPLACE, replaces + 1, StoreFault.ANSWER_LOST);
    a.store().breakCall(StoreCall.REPLACE, replaces + 2, StoreFault.ANSWER_LOST);
    assertThat(refresh(a).join().bearer()).isEqualTo("Bearer access-1");
    assertThat(row().generation()).isEqualTo(2);
    assertThat(row().claim()).isNull();
  }

  @Test
  void aClaimWhoseAnswerWasLostForGood_isTakenBack_andNothingIsSent() {
    Node a = node("a");
    signIn(a);
    long calls = a.store().calls();
    a.store()
        .breakCall(
            StoreCall.REPLACE, a.store().calls(StoreCall.REPLACE) + 1, StoreFault.ANSWER_LOST);
    for (int i = 3; i <= 5; i++) {
      a.store().breakCall(calls + i, StoreFault.UNAVAILABLE);
    }
    assertThat(refused(refresh(a)).kind()).contains(FailureKind.TRANSIENT);
    assertThat(source.calls()).isZero();
    assertThat(row().claim()).isNull();
    assertThat(row().failure()).isNull();
  }

  @Test
  void anAnswerAfterTheDeadline_isStoredAllTheSame() {
    Node a = node("a");
    signIn(a);
    source.then(
        request -> {
          time.advance(Duration.ofSeconds(10));
          assertThat(Thread.interrupted()).as("told to stop").isTrue();
          return FetchedToken.of("late", HOUR);
        });
    assertThat(refused(refresh(a)).kind()).contains(FailureKind.AMBIGUOUS);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(a.tokens().get(ANN).bearer()).isEqualTo("Bearer late");
    assertThat(row().failure()).isNull();
    assertThat(upstream(row()).resends()).isZero();
  }

  @Test
  void aTokenThatComesForAClosedChain_isHandedBackToItsSource() {
    Node a = node("a");
    signIn(a);
    source.then(
        request -> {
          a.tokens().close(ANN, "left");
          return FetchedToken.of("late", HOUR).withRefreshToken(Secret.of("homeless"));
        });
    assertThat(refused(refresh(a)).reason()).isEqualTo(TokenUnavailableException.Reason.CHAIN_OVER);
    assertThat(source.revoked()).containsExactly(Secret.of("homeless"));
    assertThat(row().claim()).isNull();
    assertThat(row().upstream()).as("the grant's name alone").isEqualTo(upstream(row()).ended());
  }

  @Test
  void aTokenThatComesForASuspendedChain_isKept() {
    Node a = node("a");
    signIn(a);
    source.then(
        request -> {
          a.tokens().suspend(ANN);
          return FetchedToken.of("kept", HOUR).withRefreshToken(Secret.of("next"));
        });
    assertThat(refused(refresh(a)).reason()).isEqualTo(TokenUnavailableException.Reason.SUSPENDED);
    assertThat(a.tokens().resume(ANN)).isNotNull();
    assertThat(a.tokens().get(ANN).bearer()).isEqualTo("Bearer access-1");
    assertThat(source.requests().get(1).refreshToken()).contains(Secret.of("next"));
  }

  @Test
  void signingInWhileACallIsUnderWay_wins_overItsLateResult() {
    Node a = node("a");
    signIn(a);
    source.then(
        request -> {
          a.tokens()
              .adopt(
                  ANN, "grant-2", FetchedToken.of("new", HOUR).withRefreshToken(Secret.of("r2")));
          return FetchedToken.of("old grant's", HOUR);
        });
    assertThat(refresh(a).join().bearer()).isEqualTo("Bearer new");
    assertThat(source.revoked()).isEmpty();
    assertThat(source.calls()).isEqualTo(1);
  }

  @Test
  void aRotatedTokenThatCameWithAnExpiredAccessToken_isKept() {
    Node a = node("a");
    signIn(a);
    source.answer(FetchedToken.of("dead", Duration.ZERO).withRefreshToken(Secret.of("r1")));
    assertThat(refused(refresh(a)).kind()).contains(FailureKind.TRANSIENT);
    time.advance(Duration.ofSeconds(6));
    assertThat(a.tokens().get(ANN).bearer()).isEqualTo("Bearer access-1");
    assertThat(source.requests().get(1).refreshToken()).contains(Secret.of("r1"));
    assertThat(source.secondUses()).isEmpty();
  }

  @Test
  void aRefreshTokenWhoseKeyIsMissing_isNotAnnounced() {
    Node a = node("a");
    signIn(a);
    Node b = node("b", builder -> builder.keys(KeyRing.of(2, KeyRing.newKey())));
    assertThat(refused(b.tokens().getAsync(ANN)).getMessage()).contains("key");
    assertThat(row().claim()).isNull();
    assertThat(source.calls()).isZero();
  }

  @Test
  void anotherProcessesClock_hasNoSayInTakingOver() {
    Node a = node("a");
    signIn(a);
    leaveAClaim(a);
    Node b = node("b");
    NodeTime clock = b.time();
    clock.stepWall(Duration.ofHours(2));
    CompletableFuture<AccessToken> waiting = refresh(b);
    time.advance(Duration.ofSeconds(29));
    assertThat(row().claim()).isNotNull();
    time.advance(Duration.ofSeconds(2));
    assertThat(row().claim()).isNull();
    assertThat(waiting).isDone();
  }

  /** The process writes its claim and dies before it sends anything. */
  private void leaveAClaim(Node node) {
    long replaces = node.store().calls(StoreCall.REPLACE);
    node.store().breakCall(StoreCall.REPLACE, replaces + 1, StoreFault.KILLED_AFTER);
    var unused = refresh(node);
    node.time().crash();
    assertThat(row().claim()).isNotNull();
    assertThat(source.calls()).isZero();
  }
}
