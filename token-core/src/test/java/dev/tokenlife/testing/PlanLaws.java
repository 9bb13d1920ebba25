package dev.tokenlife.testing;

import static dev.tokenlife.testing.EngineStage.ANN;
import static dev.tokenlife.testing.EngineStage.BOB;
import static dev.tokenlife.testing.EngineStage.DUE;
import static dev.tokenlife.testing.EngineStage.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.spi.RefreshPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What is armed, and when it acts. An engine that refreshes ahead has exactly one next time for a
 * watched chain; one that waits to be asked has none, ever.
 */
public interface PlanLaws extends EngineLaws {
  @Test
  default void unread_aWatchedChainStaysFresh_orNothingHappensAtAll() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    node.tokens().watch(ANN);
    stage().pass(Duration.ofSeconds(1));
    stage().pass(Duration.ofHours(24));
    if (stage().ahead()) {
      assertServed(node, ANN);
      assertThat(source.calls()).as("calls for 24 tokens of one hour").isBetween(24, 40);
      return;
    }
    assertThat(source.calls()).isZero();
    assertThat(stage().time().armedTimers()).isZero();
    assertThat(stage().row(ANN).generation()).isZero();
  }

  @Test
  default void betweenTwoTokens_nothingIsCalled() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    node.tokens().get(ANN);
    stage().live(node, ANN, Duration.ofMinutes(35));
    assertThat(source.calls()).isEqualTo(1);
  }

  @Test
  default void anHourNobodyAsks_leavesWhatTheEngineDeclares() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    AccessToken old = node.tokens().get(ANN);
    node.counted().reset();
    stage().pass(HOUR);
    if (stage().ahead()) {
      assertThat(stage().row(ANN).generation()).isEqualTo(2);
      return;
    }
    assertThat(stage().row(ANN).generation()).isEqualTo(old.generation());
    assertThat(node.counted().total()).as("calls of the store").isZero();
    assertThat(node.tokens().getIfFresh(ANN)).isEmpty();
    assertThat(stage().time().armedTimers()).isZero();
  }

  @Test
  default void everyRefresh_replacesTheOneNextTime() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    node.tokens().get(ANN);
    node.tokens().get(BOB);
    for (int i = 0; i < 5; i++) {
      assertThat(EngineStage.armed(node)).isEqualTo(stage().ahead() ? 2 : 0);
      source.fail(FailureKind.TRANSIENT);
      stage().live(node, ANN, HOUR);
    }
    assertThat(stage().row(ANN).generation()).isGreaterThanOrEqualTo(5);
  }

  @Test
  default void whatIsNoLongerWatched_leavesNothingArmed() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    node.tokens().get(ANN);
    node.tokens().watch(BOB);
    node.tokens().unwatch(ANN);
    node.tokens().unwatch(BOB);
    assertNothingArmed(node);
    int calls = source.calls();
    stage().pass(Duration.ofHours(3));
    assertThat(source.calls()).isEqualTo(calls);
    assertThat(node.tokens().status()).containsEntry("chains", 0);
    assertThat(node.tokens().status(ANN).plan()).isEmpty();
  }

  @Test
  default void aChainThatIsOverOrSuspended_leavesNothingArmed() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    node.tokens().get(ANN);
    node.tokens().get(BOB);
    node.tokens().close(ANN, "left");
    node.tokens().suspend(BOB);
    assertNothingArmed(node);
    stage().pass(Duration.ofHours(3));
    assertThat(source.calls()).isEqualTo(2);
  }

  @Test
  default void aDueTimeThatTheWorkersRefuse_comesAgain_andCanBeForgotten() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    node.tokens().get(ANN);
    stage().workers().full(true);
    stage().pass(DUE);
    assertThat(source.calls()).isEqualTo(1);
    stage().workers().full(false);
    stage().live(node, ANN, Duration.ofMinutes(2));
    assertThat(stage().row(ANN).generation()).isEqualTo(2);
    stage().workers().full(true);
    stage().pass(DUE);
    node.tokens().unwatch(ANN);
    assertNothingArmed(node);
  }

  @Test
  default void anotherPolicy_armsAnew_whatIsArmed() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    node.tokens().get(ANN);
    node.tokens().config().policy(RefreshPolicy.fraction(0.1));
    stage().live(node, ANN, Duration.ofMinutes(20));
    assertThat(stage().row(ANN).generation()).isGreaterThanOrEqualTo(2);
    assertThat(EngineStage.armed(node)).isEqualTo(stage().ahead() ? 1 : 0);
  }

  @Test
  default void aStepOfTheClock_neitherStormsNorStopsTheRefreshes() {
    ScriptedSource source = ScriptedSource.create();
    for (ChainKey key : List.of(ANN, BOB)) {
      Duration step = key.equals(ANN) ? HOUR.multipliedBy(3) : HOUR.multipliedBy(-3);
      Node node = stage().node(source);
      node.tokens().get(key);
      int before = source.calls();
      node.time().stepWall(step);
      stage().live(node, key, HOUR.multipliedBy(4));
      assertThat(source.calls() - before).as("after a step of %s", step).isBetween(3, 8);
      assertServed(node, key);
      node.close();
    }
  }

  private void assertNothingArmed(Node node) {
    assertThat(EngineStage.armed(node)).as("what the engine says is armed").isZero();
    assertThat(stage().time().armedTimers()).as("timers").isZero();
  }
}
