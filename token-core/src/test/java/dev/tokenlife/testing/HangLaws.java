package dev.tokenlife.testing;

import static dev.tokenlife.testing.EngineStage.ANN;
import static dev.tokenlife.testing.EngineStage.BOB;
import static dev.tokenlife.testing.EngineStage.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Tokens;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.TokenEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A source that does not answer: given up at its deadline, and the engine lives on. */
public interface HangLaws extends EngineLaws {
  /** How long a call to a source may take, by default. */
  Duration CALL = Duration.ofSeconds(10);

  @Test
  default void aCallPastItsDeadline_isInterrupted_andFailsItsWaiters() throws Exception {
    ScriptedSource source = ScriptedSource.create();
    SourceGate gate = source.block();
    Tokens tokens = stage().threaded(source, builder -> builder);
    CompletableFuture<AccessToken> waiting = tokens.getAsync(ANN);
    gate.awaitArrival();
    stage().pass(CALL);
    assertThat(failure(waiting).kind()).contains(FailureKind.TRANSIENT);
    gate.awaitLeft();
    assertThat(gate.wasInterrupted()).isTrue();
    stage().pass(Duration.ofSeconds(10));
    assertThat(tokens.get(ANN)).isNotNull();
  }

  @Test
  default void callsThatHangForEver_areGivenUp_andTheOthersAreServed() throws Exception {
    ScriptedSource source = ScriptedSource.create();
    Tokens tokens = stage().threaded(source, builder -> builder.concurrency(4));
    List<SourceGate> gates = new ArrayList<>();
    List<CompletableFuture<AccessToken>> hanging = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      gates.add(source.blockDeaf());
      hanging.add(tokens.refresh(ChainKey.of("music", "user-" + i), Demand.BLOCKED));
    }
    gates.forEach(SourceGate::awaitArrival);
    stage().pass(CALL);
    for (CompletableFuture<AccessToken> one : hanging) {
      assertThat(failure(one).kind()).contains(FailureKind.TRANSIENT);
    }
    assertThat(tokens.get(BOB)).as("while four threads hang").isNotNull();
    gates.forEach(SourceGate::open);
    gates.forEach(SourceGate::awaitLeft);
  }

  @Test
  default void anAnswerAfterTheDeadline_isStoredAllTheSame() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    source.then(
        request -> {
          stage().pass(CALL);
          return FetchedToken.of("late", HOUR);
        });
    assertThat(refusal(node.tokens().getAsync(ANN)).kind()).contains(FailureKind.TRANSIENT);
    assertThat(node.tokens().get(ANN).bearer()).isEqualTo("Bearer late");
    assertThat(source.calls()).isEqualTo(1);
    assertThat(node.events().events(TokenEvent.Type.REFRESHED)).hasSize(1);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  default void anAnswerAfterTheDeadline_doesNotOverwriteANewerToken() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    source.then(
        request -> {
          stage().pass(CALL);
          assertThat(Thread.interrupted()).as("told to stop, which a store would obey").isTrue();
          EngineStage.signIn(node.tokens(), ANN);
          return FetchedToken.of("too late", HOUR);
        });
    assertThat(refusal(node.tokens().getAsync(ANN)).kind()).contains(FailureKind.TRANSIENT);
    assertThat(node.tokens().get(ANN).bearer()).isEqualTo("Bearer granted");
    assertThat(stage().row(ANN).generation()).isEqualTo(1);
  }

  private static TokenUnavailableException failure(CompletableFuture<AccessToken> answer)
      throws Exception {
    Object failure = answer.handle((token, thrown) -> thrown).get(30, TimeUnit.SECONDS);
    assertThat(failure).isInstanceOf(TokenUnavailableException.class);
    return (TokenUnavailableException) failure;
  }
}
