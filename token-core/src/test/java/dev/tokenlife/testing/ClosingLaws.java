package dev.tokenlife.testing;

import static dev.tokenlife.testing.EngineStage.ANN;
import static dev.tokenlife.testing.EngineStage.BOB;
import static dev.tokenlife.testing.EngineStage.DUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.Tokens;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.spi.Demand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * Closing is bounded, may be done twice, leaves no thread and no timer, and use after it says so.
 */
public interface ClosingLaws extends EngineLaws {
  @Test
  default void closedTwice_isTheSame_andNothingRunsAfterwards() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    node.tokens().get(ANN);
    node.tokens().watch(BOB);
    node.tokens().close();
    node.tokens().close(Duration.ZERO);
    int calls = source.calls();
    assertThat(stage().time().armedTimers()).isZero();
    assertThat(EngineStage.armed(node)).isZero();
    stage().pass(Duration.ofHours(3));
    assertThat(source.calls()).isEqualTo(calls);
  }

  @Test
  default void usedAfterClosing_itSaysSo() {
    ScriptedSource source = ScriptedSource.create();
    Tokens tokens = stage().node(source).tokens();
    AccessToken token = tokens.get(ANN);
    tokens.close();
    List<ThrowingCallable> uses =
        List.of(
            () -> tokens.get(ANN),
            () -> tokens.get(ANN, Duration.ofMinutes(1)),
            () -> tokens.handle(ANN).get(),
            () -> tokens.watch(BOB),
            () -> tokens.refresh(BOB, Demand.BACKGROUND),
            () -> tokens.invalidate(ANN, token),
            () -> EngineStage.signIn(tokens, ANN),
            () -> tokens.suspend(ANN));
    for (ThrowingCallable use : uses) {
      assertThat(refused(use).reason()).isEqualTo(Reason.CLOSED);
    }
    assertThat(refusal(tokens.getAsync(ANN)).reason()).isEqualTo(Reason.CLOSED);
    assertThat(tokens.getIfFresh(ANN)).isEmpty();
    tokens.unwatch(ANN);
    assertThatThrownBy(() -> tokens.refreshDue(Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(tokens.status()).isNotEmpty();
    assertThat(source.calls()).isEqualTo(1);
  }

  @Test
  default void whileRefreshesRun_closingWaitsForThem_andTheirTokensAreStored() {
    ScriptedSource source = ScriptedSource.create();
    Set<Thread> before = Threads.running();
    Tokens tokens = stage().threaded(source, builder -> builder.concurrency(20));
    List<SourceGate> gates = new ArrayList<>();
    List<CompletableFuture<AccessToken>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      gates.add(source.block());
      answers.add(tokens.refresh(ChainKey.of("music", "user-" + i), Demand.BLOCKED));
    }
    gates.forEach(SourceGate::awaitArrival);
    Thread opener = new Thread(() -> gates.forEach(SourceGate::open), "opener");
    opener.start();
    tokens.close(Duration.ofSeconds(30));
    for (int i = 0; i < 20; i++) {
      ChainRow row = stage().row(ChainKey.of("music", "user-" + i));
      assertThat(row.generation()).isEqualTo(1);
      assertThat(row.current()).isNotNull();
      assertThat(answers.get(i)).isDone();
    }
    Threads.assertEnded(before);
  }

  @Test
  default void aSourceThatHangs_doesNotHoldUpClosing_andItsWaitersAreTold() throws Exception {
    ScriptedSource source = ScriptedSource.create();
    SourceGate gate = source.blockDeaf();
    Set<Thread> before = Threads.running();
    Tokens tokens = stage().threaded(source, builder -> builder);
    CompletableFuture<AccessToken> waiting = tokens.getAsync(ANN);
    gate.awaitArrival();
    tokens.close(Duration.ofMillis(200));
    Object told = waiting.handle((token, failure) -> failure).get(30, TimeUnit.SECONDS);
    assertThat(told).isInstanceOf(TokenUnavailableException.class);
    assertThat(gate.hasArrived()).isTrue();
    gate.open();
    gate.awaitLeft();
    Threads.assertEnded(before);
  }

  @Test
  default void aSourceThatHeedsItsInterrupt_isEndedByClosing_andLeavesNoHalfWrittenChain() {
    ScriptedSource source = ScriptedSource.singleUse("idp", Duration.ZERO, stage().time());
    Set<Thread> before = Threads.running();
    Tokens tokens = stage().threaded(source, builder -> builder);
    EngineStage.signIn(tokens, ANN);
    SourceGate gate = source.block();
    CompletableFuture<AccessToken> waiting = tokens.refresh(ANN, Demand.BLOCKED);
    gate.awaitArrival();
    tokens.close(Duration.ofMillis(100));
    gate.awaitLeft();
    Threads.assertEnded(before);
    assertThat(waiting).isDone();
    ChainRow row = stage().row(ANN);
    assertThat(row.generation()).isEqualTo(1);
    assertThat(row.claim()).as("given back").isNull();
    assertThat(row.failure()).as("the grant may be spent").isNotNull();
  }

  @Test
  default void openedAndClosedManyTimes_nothingIsLeft() {
    Set<Thread> before = Threads.running();
    for (int i = 0; i < 20; i++) {
      ScriptedSource source = ScriptedSource.create();
      Tokens tokens = stage().threaded(source, builder -> builder);
      ChainKey key = ChainKey.of("music", "user-" + i);
      assertThat(tokens.get(key)).isNotNull();
      tokens.close();
    }
    assertThat(stage().time().armedTimers()).isZero();
    Threads.assertEnded(before);
    stage().pass(DUE);
  }
}
