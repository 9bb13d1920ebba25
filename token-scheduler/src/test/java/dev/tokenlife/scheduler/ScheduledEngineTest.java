package dev.tokenlife.scheduler;

import static dev.tokenlife.scheduler.Scene.BANK;
import static dev.tokenlife.scheduler.Scene.HOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.RefreshPolicy;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the scheduled engine promises for chains it watches. */
class ScheduledEngineTest {
  private final ScheduledEngine engine = ScheduledEngine.create();
  private final Scene scene = new Scene(engine);

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void firstGetWatches_andTheTokenIsNewBeforeAnyoneAsks() {
    scene.tokens.get(BANK);
    scene.advance(Duration.ofMinutes(58));
    assertThat(scene.source.calls()).isEqualTo(2);
    assertThat(scene.tokens.get(BANK).bearer()).isEqualTo("Bearer access-2");
    assertThat(scene.source.calls()).isEqualTo(2);
  }

  @Test
  void watchedChainWithoutAToken_getsOneBeforeAnyoneAsks() {
    scene.tokens.watch(BANK);
    scene.advance(Duration.ofSeconds(1));
    assertThat(scene.source.calls()).isEqualTo(1);
    assertThat(scene.isFresh(BANK)).isTrue();
  }

  @Test
  void oneEntryPerChain_replacedOnEachRefresh() {
    for (int i = 0; i < 10; i++) {
      scene.tokens.get(ChainKey.of("bank", "user-" + i));
    }
    for (int hour = 0; hour < 12; hour++) {
      assertThat(scene.armed()).isEqualTo(10);
      scene.advance(HOUR);
    }
    assertThat(scene.armed()).isEqualTo(10);
    assertThat(scene.source.calls()).isBetween(10 * 12, 10 * 20);
  }

  @Test
  void refreshOnDemand_replacesTheEntryToo() {
    scene.tokens.get(BANK);
    var unused = scene.tokens.refresh(BANK, Demand.BACKGROUND);
    assertThat(scene.source.calls()).isEqualTo(2);
    assertThat(scene.armed()).isEqualTo(1);
  }

  @Test
  void failingSource_neverEndsTheChainOfRefreshes() {
    scene.tokens.get(BANK);
    scene.source.otherwise(
        request -> {
          throw new IllegalStateException("down");
        });
    scene.advance(Duration.ofHours(24));
    assertThat(scene.isFresh(BANK)).isFalse();
    assertThat(scene.armed()).isEqualTo(1);
    int whileDown = scene.source.calls();
    // 5 min at most between two tries, and no busy loop.
    assertThat(whileDown).isBetween(24 * 12, 24 * 60 * 3);
    scene.source.otherwise(request -> FetchedToken.of("back", HOUR));
    scene.advance(Duration.ofMinutes(6));
    assertThat(scene.isFresh(BANK)).isTrue();
  }

  @Test
  void permanentFailure_isProbedSlowly_andEndsByItself() {
    scene.tokens.get(BANK);
    for (int i = 0; i < 3; i++) {
      scene.source.fail(FailureKind.PERMANENT);
    }
    scene.advance(Duration.ofHours(6));
    assertThat(scene.isFresh(BANK)).isTrue();
    assertThat(scene.armed()).isEqualTo(1);
  }

  @Test
  void unwatchedChain_isLeftAlone() {
    scene.tokens.get(BANK);
    scene.tokens.unwatch(BANK);
    assertThat(scene.armed()).isZero();
    scene.advance(Duration.ofHours(5));
    assertThat(scene.source.calls()).isEqualTo(1);
  }

  @Test
  void closedChain_isForgotten_andAdoptedAgain() {
    scene.tokens.get(BANK);
    scene.tokens.close(BANK, "left");
    assertThat(scene.armed()).isZero();
    scene.tokens.adopt(BANK, "g2", FetchedToken.of("back", HOUR));
    assertThat(scene.armed()).isEqualTo(1);
  }

  @Test
  void resumedChain_isFreshBeforeAnyoneAsks() {
    scene.tokens.get(BANK);
    scene.tokens.suspend(BANK);
    assertThat(scene.armed()).isZero();
    scene.advance(HOUR);
    scene.tokens.resume(BANK);
    scene.advance(Duration.ofSeconds(1));
    assertThat(scene.isFresh(BANK)).isTrue();
  }

  @Test
  void invalidatedToken_isReplacedBeforeAnyoneAsks() {
    scene.tokens.invalidate(BANK, scene.tokens.get(BANK));
    scene.advance(Duration.ofSeconds(1));
    assertThat(scene.tokens.getIfFresh(BANK).orElseThrow().bearer()).isEqualTo("Bearer access-2");
  }

  @Test
  void anotherPolicy_rearmsWhatIsArmed() {
    scene.tokens.get(BANK);
    scene.tokens.config().policy(RefreshPolicy.fraction(0.1));
    assertThat(scene.tokens.config().policy()).isEqualTo(RefreshPolicy.fraction(0.1));
    assertThat(scene.armed()).isEqualTo(1);
    scene.advance(Duration.ofMinutes(7));
    assertThat(scene.source.calls()).isEqualTo(2);
  }

  @Test
  void warmUp_makesAllFresh_andArmsThem() {
    var keys = java.util.stream.IntStream.range(0, 200).mapToObj(i -> ChainKey.of("bank", "u" + i));
    var warming = scene.tokens.warmUp(keys.toList());
    assertThat(warming.ended()).isCompleted();
    assertThat(warming.progress().done()).isEqualTo(200);
    assertThat(scene.armed()).isEqualTo(200);
  }

  @Test
  void rejectingExecutor_losesNoPlan_andLeavesNoSecondEntry() {
    AtomicInteger refusals = new AtomicInteger();
    try (Scene full =
        new Scene(
            ScheduledEngine.create(),
            builder ->
                builder.executor(
                    task -> {
                      if (refusals.getAndDecrement() > 0) {
                        throw new RejectedExecutionException("full");
                      }
                      task.run();
                    }))) {
      full.tokens.get(BANK);
      refusals.set(5);
      full.advance(Duration.ofMinutes(58));
      assertThat(full.source.calls()).isEqualTo(2);
      assertThat(full.armed()).isEqualTo(1);
      refusals.set(Integer.MAX_VALUE);
      full.advance(HOUR);
      full.tokens.unwatch(BANK);
      assertThat(full.armed()).isZero();
    }
  }

  @Test
  void statusTells_whatIsArmed_whenNext_andHowLate() {
    assertThat(scene.tokens.status())
        .containsEntry("engine", "scheduled")
        .containsEntry("armed", 0)
        .doesNotContainKey("next");
    scene.tokens.get(BANK);
    scene.source.fail(FailureKind.TRANSIENT);
    scene.advance(Duration.ofMinutes(58));
    assertThat(scene.tokens.status())
        .containsEntry("armed", 1)
        .containsKeys("next", "lateMaxMillis", "lateP99Millis", "catchingUp")
        .containsEntry("failed", 1L)
        .containsEntry("completed", 2L)
        .containsEntry("fired", 2L);
    assertThat(scene.tokens.status(BANK).plan())
        .matches("refresh at 2030-01-01T01:[23].* \\(in 1\\d{3} s\\)");
    scene.tokens.unwatch(BANK);
    assertThat(scene.tokens.status(BANK).plan()).isEmpty();
  }

  @Test
  void oneEngine_servesOneInstance() {
    assertThatThrownBy(() -> new Scene(engine)).hasMessageContaining("create another one");
  }

  @Test
  void engineThatWasNotStarted_saysWhatToDo() {
    assertThatThrownBy(() -> ScheduledEngine.create().unschedule("x"))
        .hasMessageContaining("Tokens.builder().engine");
    assertThat(ScheduledEngine.create().status()).containsOnlyKeys("engine");
    ScheduledEngine.create().close(Duration.ZERO);
  }
}
