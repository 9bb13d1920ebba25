package dev.tokenlife.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tokenlife.Tokens;
import dev.tokenlife.Warming;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.scheduler.guard.ResilienceGuard;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.testing.ScriptedSource;
import dev.tokenlife.testing.SourceGate;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever sources and listeners do, the priority engine goes on. */
class EngineAliveTest {
  private static ChainKey user(int number) {
    return ChainKey.of("bank", "u" + number);
  }

  @Test
  void listenerThatThrowsAtEverything_changesNothing() {
    try (Scene scene =
        new Scene(
            PriorityEngine.create(PrioritySettings.DEFAULT.keep(Keep.ALWAYS)),
            builder ->
                builder.listener(
                    event -> {
                      throw new IllegalStateException("broken listener");
                    }))) {
      scene.tokens.get(user(1));
      scene.advance(Duration.ofHours(3));
      assertThat(scene.isFresh(user(1))).isTrue();
      assertThat(scene.source.calls()).isGreaterThanOrEqualTo(4);
      assertThat(scene.figure("running")).isZero();
    }
  }

  @Test
  void sourceThatThrowsErrors_isAFailureLikeOthers_andItsPermitComesBack() {
    PrioritySettings one = PrioritySettings.DEFAULT.concurrency(1, 1);
    try (Scene scene = new Scene(PriorityEngine.create(one))) {
      scene.source.fail(new StackOverflowError()).fail(new NoClassDefFoundError("gone"));
      assertThatThrownBy(() -> scene.tokens.get(user(1)))
          .isInstanceOf(TokenUnavailableException.class);
      assertThatThrownBy(() -> scene.tokens.get(user(2)))
          .isInstanceOf(TokenUnavailableException.class);
      assertThat(scene.tokens.get(user(3)).bearer()).isEqualTo("Bearer access-1");
      assertThat(scene.figure("running")).isZero();
    }
  }

  @Test
  void sourceThatHangsForEver_losesItsPermitAtTheDeadline_andTheOthersGoOn() {
    VirtualTime time = new VirtualTime();
    ScriptedSource hanging = ScriptedSource.create("hanging");
    ScriptedSource working = ScriptedSource.create("working");
    SourceGate gate = hanging.blockDeaf();
    try (Tokens tokens =
        Tokens.builder()
            .source("hanging", hanging)
            .source("working", working)
            .engine(PriorityEngine.create(PrioritySettings.DEFAULT.concurrency(2, 1)))
            .guard(ResilienceGuard.create())
            .store(ReferenceStore.local())
            .time(time)
            .build()) {
      var stuck = tokens.getAsync(ChainKey.of("hanging", "a"));
      await().until(() -> hanging.inFlight() == 1);
      var behind = tokens.getAsync(ChainKey.of("hanging", "b"));
      assertThat(tokens.get(ChainKey.of("working", "c")).bearer()).isEqualTo("Bearer access-1");
      assertThat(behind).isNotDone();
      time.advance(Duration.ofSeconds(11));
      await().until(stuck::isCompletedExceptionally);
      await().until(behind::isDone);
      assertThat(behind).isCompleted();
      gate.open();
      assertThat(tokens.refresh(ChainKey.of("hanging", "b"), Demand.BLOCKED))
          .succeedsWithin(Duration.ofSeconds(10));
    }
  }

  @Test
  void massRefresh_replacesGoodTokens_andTellsHowFarItIs() {
    try (Scene scene = new Scene(PriorityEngine.create())) {
      List<ChainKey> all = IntStream.range(0, 200).mapToObj(EngineAliveTest::user).toList();
      scene.tokens.warmUp(all);
      scene.source.fail(FailureKind.TRANSIENT);
      Warming refresh = scene.tokens.refreshAll(all);
      assertThat(refresh.ended()).isCompleted();
      assertThat(refresh.progress().done()).isEqualTo(200);
      assertThat(refresh.progress().failed()).isEqualTo(1);
      assertThat(refresh.progress().remaining()).isZero();
      assertThat(scene.source.calls()).isEqualTo(400);
    }
  }

  @Test
  void sourceOfNonsense_isNeverABusyLoop() {
    try (Scene scene = new Scene(PriorityEngine.create(), builder -> builder)) {
      scene.source.otherwise(request -> FetchedToken.of("dead", Duration.ofSeconds(-5)));
      assertThatThrownBy(() -> scene.tokens.get(user(1)))
          .isInstanceOf(TokenUnavailableException.class);
      scene.advance(Duration.ofHours(1));
      assertThat(scene.source.calls()).isBetween(2, 100);
    }
  }
}
