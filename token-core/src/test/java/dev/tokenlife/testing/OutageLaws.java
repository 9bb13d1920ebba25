package dev.tokenlife.testing;

import static dev.tokenlife.testing.EngineStage.ANN;
import static dev.tokenlife.testing.EngineStage.BOB;
import static dev.tokenlife.testing.EngineStage.DUE;
import static dev.tokenlife.testing.EngineStage.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.FetchedToken;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What happens while the store is down, and after it. */
public interface OutageLaws extends EngineLaws {
  @Test
  default void whileTheStoreIsDown_usableTokensAreServed_othersGetAClearError() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    AccessToken token = node.tokens().get(ANN);
    down(node);
    stage().live(node, ANN, DUE);
    assertThat(node.tokens().get(ANN)).isSameAs(token);
    assertThat(answered(node.tokens().getAsync(ANN))).isSameAs(token);
    assertThat(refusal(node.tokens().getAsync(BOB)).reason()).isEqualTo(Reason.STORE_UNAVAILABLE);
    assertThat(refused(() -> node.tokens().get(BOB)).retryable()).isTrue();
    assertThat(source.calls()).as("nothing is called that could not be kept").isEqualTo(1);
  }

  @Test
  default void afterAnOutageOfTheStore_everythingIsFreshAgain() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    node.tokens().get(ANN);
    down(node);
    stage().live(node, ANN, Duration.ofHours(2));
    assertThat(refusal(node.tokens().getAsync(ANN)).reason()).isEqualTo(Reason.STORE_UNAVAILABLE);
    node.store().heal();
    stage().live(node, ANN, Duration.ofMinutes(6));
    assertServed(node, ANN);
    assertThat(node.tokens().get(BOB)).isNotNull();
  }

  @Test
  default void aResultTheStoreDoesNotTake_isStoredAsSoonAsItDoes_andFetchedOnce() {
    ScriptedSource source = ScriptedSource.singleUse("idp", Duration.ZERO, stage().time());
    Node node = stage().node(source);
    EngineStage.signIn(node.tokens(), ANN);
    node.tokens().get(ANN);
    source.then(
        request -> {
          down(node);
          return FetchedToken.of("kept", HOUR);
        });
    CompletableFuture<AccessToken> waiting = node.tokens().refresh(ANN, Demand.BLOCKED);
    stage().pass(Duration.ofSeconds(20));
    assertThat(waiting).isNotDone();
    node.store().heal();
    stage().pass(Duration.ofSeconds(6));
    assertThat(answered(waiting).bearer()).isEqualTo("Bearer kept");
    assertThat(source.calls()).isEqualTo(1);
    assertThat(stage().row(ANN).claim()).isNull();
  }

  @Test
  default void aLostAnswerOfTheStore_isRecognised_andCostsNoSecondCall() {
    ScriptedSource source = ScriptedSource.singleUse("idp", Duration.ZERO, stage().time());
    Node node = stage().node(source);
    EngineStage.signIn(node.tokens(), ANN);
    for (int i = 1; i <= 4; i++) {
      node.store().breakNext(StoreCall.REPLACE, StoreFault.ANSWER_LOST);
      stage().live(node, ANN, HOUR);
    }
    assertThat(stage().row(ANN).generation()).isGreaterThanOrEqualTo(4);
    assertThat(source.secondUses()).isEmpty();
    assertServed(node, ANN);
  }

  private static void down(Node node) {
    node.store().breakRandomly(1, 1.0, StoreFault.UNAVAILABLE);
  }
}
