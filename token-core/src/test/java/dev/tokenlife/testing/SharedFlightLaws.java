package dev.tokenlife.testing;

import static dev.tokenlife.testing.EngineStage.ANN;
import static dev.tokenlife.testing.EngineStage.BOB;
import static dev.tokenlife.testing.EngineStage.DUE;
import static dev.tokenlife.testing.EngineStage.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Tokens;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** However many ask, one call is made, and who has a usable token never waits for it. */
public interface SharedFlightLaws extends EngineLaws {
  @Test
  default void manyCallersOfOneChain_causeOneCall_andGetItsToken() {
    ScriptedSource source = ScriptedSource.create();
    Tokens tokens = stage().node(source).tokens();
    List<CompletableFuture<AccessToken>> others = new ArrayList<>();
    source.then(
        request -> {
          join(tokens, others);
          return FetchedToken.of("shared", HOUR);
        });
    AccessToken first = tokens.get(ANN);
    for (CompletableFuture<AccessToken> other : others) {
      assertThat(answered(other)).isSameAs(first);
    }
    assertThat(others).hasSize(20);
    assertThat(source.calls()).isEqualTo(1);
  }

  @Test
  default void manyCallersOfOneChain_shareOneFailure_eachAsItsOwnException() {
    ScriptedSource source = ScriptedSource.create();
    Tokens tokens = stage().node(source).tokens();
    List<CompletableFuture<AccessToken>> others = new ArrayList<>();
    source.then(
        request -> {
          join(tokens, others);
          throw new SourceException(FailureKind.TRANSIENT, "down");
        });
    TokenUnavailableException first = refused(() -> tokens.get(ANN));
    for (CompletableFuture<AccessToken> other : others) {
      assertThat(refusal(other).kind()).isEqualTo(first.kind());
      assertThat(refusal(other)).isNotSameAs(first);
    }
    assertThat(first.kind()).contains(FailureKind.TRANSIENT);
    assertThat(source.calls()).isEqualTo(1);
  }

  @Test
  default void twoHundredThreadsAskingForOneColdChain_causeOneCall() {
    ScriptedSource source = ScriptedSource.create();
    SourceGate gate = source.block();
    Tokens tokens = stage().threaded(source, builder -> builder);
    List<AccessToken> got =
        Race.of(
            200,
            number -> {
              if (number == 0) {
                gate.awaitArrival();
                gate.open();
              }
              return tokens.get(ANN);
            });
    assertThat(got).containsOnly(got.get(0));
    assertThat(source.calls()).isEqualTo(1);
  }

  @Test
  default void aFreshToken_isServedWithoutACall() {
    ScriptedSource source = ScriptedSource.create();
    Tokens tokens = stage().node(source).tokens();
    AccessToken token = tokens.get(ANN);
    for (int i = 0; i < 100; i++) {
      assertThat(tokens.get(ANN)).isSameAs(token);
      assertThat(tokens.handle(ANN).get()).isSameAs(token);
    }
    assertThat(tokens.getIfFresh(ANN)).contains(token);
    assertThat(source.calls()).isEqualTo(1);
  }

  @Test
  default void aUsableToken_isServedAtOnce_whileItsRefreshRuns() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    AccessToken old = node.tokens().get(ANN);
    List<AccessToken> meanwhile = new ArrayList<>();
    source.then(
        request -> {
          meanwhile.add(node.tokens().get(ANN));
          meanwhile.add(answered(node.tokens().getAsync(ANN)));
          return FetchedToken.of("new", HOUR);
        });
    stage().live(node, ANN, DUE);
    assertThat(meanwhile).containsExactly(old, old);
    assertThat(node.tokens().get(ANN).bearer()).isEqualTo("Bearer new");
    assertThat(source.calls()).isEqualTo(2);
  }

  @Test
  default void aNewToken_isSeenByReadersAsSoonAsItIsStored() {
    ScriptedSource source = ScriptedSource.create();
    Tokens tokens = stage().node(source).tokens();
    AccessToken old = tokens.get(ANN);
    AccessToken next = answered(tokens.refresh(ANN, Demand.BLOCKED));
    assertThat(next.generation()).isEqualTo(old.generation() + 1);
    assertThat(tokens.get(ANN)).isSameAs(next);
    assertThat(stage().row(ANN).generation()).isEqualTo(next.generation());
  }

  @Test
  default void chainsOfOneUpstream_areRefreshedOnTheirOwn() {
    ScriptedSource source = ScriptedSource.create();
    Tokens tokens = stage().node(source).tokens();
    source.fail(FailureKind.TRANSIENT);
    assertThat(refused(() -> tokens.get(ANN)).key()).isEqualTo(ANN);
    assertThat(tokens.get(BOB).generation()).isEqualTo(1);
  }

  private static void join(Tokens tokens, List<CompletableFuture<AccessToken>> others) {
    for (int i = 0; i < 20; i++) {
      others.add(tokens.getAsync(ANN));
    }
    assertThat(others).noneMatch(CompletableFuture::isDone);
  }
}
