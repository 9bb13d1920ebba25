package dev.tokenlife.testing;

import static dev.tokenlife.testing.EngineStage.ANN;
import static dev.tokenlife.testing.EngineStage.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Tokens;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.FetchedToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Each caller waits for its own time, and what ends a wait ends nothing else. */
public interface WaitLaws extends EngineLaws {
  @Test
  default void eachWaiter_hasItsOwnDeadline_andTheRefreshGoesOn() {
    ScriptedSource source = ScriptedSource.create();
    Tokens tokens =
        stage().node(source, builder -> builder.callerDeadline(Duration.ofSeconds(2))).tokens();
    List<CompletableFuture<AccessToken>> waiting = new ArrayList<>();
    source.then(
        request -> {
          waiting.add(tokens.getAsync(ANN));
          stage().pass(Duration.ofSeconds(1));
          waiting.add(tokens.getAsync(ANN));
          stage().pass(Duration.ofMillis(1_500));
          assertThat(refusal(waiting.get(0)).reason()).isEqualTo(Reason.DEADLINE);
          assertThat(waiting.get(1)).isNotDone();
          return FetchedToken.of("late for the first", HOUR);
        });
    AccessToken token = tokens.get(ANN);
    assertThat(answered(waiting.get(1))).isSameAs(token);
    assertThat(source.calls()).isEqualTo(1);
  }

  @Test
  default void whoCancelsItsAnswer_endsItsWaitOnly() {
    ScriptedSource source = ScriptedSource.create();
    Tokens tokens = stage().node(source).tokens();
    List<CompletableFuture<AccessToken>> waiting = new ArrayList<>();
    source.then(
        request -> {
          waiting.add(tokens.getAsync(ANN));
          waiting.add(tokens.getAsync(ANN));
          assertThat(waiting.get(0).cancel(true)).isTrue();
          return FetchedToken.of("for the other", HOUR);
        });
    assertThat(tokens.get(ANN)).isSameAs(answered(waiting.get(1)));
    assertThat(source.calls()).isEqualTo(1);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  default void whoIsInterrupted_endsItsWaitOnly_andKeepsItsInterrupt() throws Exception {
    ScriptedSource source = ScriptedSource.create();
    SourceGate gate = source.block();
    Tokens tokens = stage().threaded(source, builder -> builder);
    FutureTask<Boolean> interrupted =
        new FutureTask<>(
            () ->
                refused(() -> tokens.get(ANN)).reason() == Reason.INTERRUPTED
                    && Thread.currentThread().isInterrupted());
    Thread caller = new Thread(interrupted, "interrupted-caller");
    caller.start();
    gate.awaitArrival();
    CompletableFuture<AccessToken> other = tokens.getAsync(ANN);
    caller.interrupt();
    assertThat(interrupted.get()).isTrue();
    caller.join();
    assertThat(other).isNotDone();
    assertThat(gate.wasInterrupted()).isFalse();
    gate.open();
    assertThat(soon(other).generation()).isEqualTo(1);
    assertThat(source.calls()).isEqualTo(1);
  }

  @Test
  default void aRefusedDemand_isAClearErrorAtOnce_andTheNextIsTaken() {
    ScriptedSource source = ScriptedSource.create();
    Tokens tokens = stage().node(source).tokens();
    stage().workers().full(true);
    assertThat(refusal(tokens.getAsync(ANN)).reason()).isEqualTo(Reason.OVERLOADED);
    assertThat(refusal(tokens.refresh(ANN, Demand.BLOCKED)).reason()).isEqualTo(Reason.OVERLOADED);
    assertThat(refused(() -> tokens.get(ANN)).retryable()).isTrue();
    assertThat(source.calls()).isZero();
    stage().workers().full(false);
    assertThat(tokens.get(ANN).generation()).isEqualTo(1);
  }

  @Test
  default void anAnswerIsGivenWithoutBlocking_toWhoAsksForIt() {
    ScriptedSource source = ScriptedSource.create();
    Tokens tokens = stage().node(source).tokens();
    assertThat(tokens.getIfFresh(ANN)).isEmpty();
    assertThat(source.calls()).as("looking calls nobody").isZero();
    AccessToken token = answered(tokens.getAsync(ANN));
    assertThat(answered(tokens.getAsync(ANN))).isSameAs(token);
    assertThat(tokens.getIfFresh(ANN)).contains(token);
  }

  @Test
  default void whoWantsALongerLife_getsANewToken_orIsToldThatNoneLivesThatLong() {
    ScriptedSource source = ScriptedSource.create();
    Tokens tokens = stage().node(source).tokens();
    AccessToken first = tokens.get(ANN);
    stage().pass(Duration.ofMinutes(20));
    assertThat(tokens.get(ANN, Duration.ofMinutes(30))).isSameAs(first);
    assertThat(tokens.get(ANN, Duration.ofMinutes(50)).generation()).isEqualTo(2);
    assertThat(refused(() -> tokens.get(ANN, HOUR.plusMinutes(1))).reason())
        .isEqualTo(Reason.TOO_SHORT);
  }

  private static AccessToken soon(CompletableFuture<AccessToken> answer)
      throws InterruptedException, ExecutionException {
    return answer.orTimeout(30, TimeUnit.SECONDS).get();
  }
}
