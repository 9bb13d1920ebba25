package dev.tokenlife.scheduler;

import static dev.tokenlife.scheduler.Scene.BANK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.Tokens;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.scheduler.guard.GuardSettings;
import dev.tokenlife.scheduler.guard.ResilienceGuard;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.PlannedRefresh;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.Trigger;
import dev.tokenlife.testing.ScriptedSource;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What the priority engine promises: order, bounds, and that nothing is lost. */
class PriorityEngineTest {
  private final Deque<Runnable> held = new ArrayDeque<>();

  private Scene scene(PrioritySettings settings) {
    return new Scene(PriorityEngine.create(settings));
  }

  /** Work waits until {@link #release}. */
  private Scene holding(PrioritySettings settings) {
    return new Scene(PriorityEngine.create(settings), builder -> builder.executor(held::add));
  }

  private void release() {
    while (!held.isEmpty()) {
      held.remove().run();
    }
  }

  private static ChainKey user(int number) {
    return ChainKey.of("bank", "u" + number);
  }

  @Test
  void chainInUse_isNewBeforeAnyoneAsks() {
    try (Scene scene = scene(PrioritySettings.DEFAULT)) {
      scene.tokens.get(BANK);
      scene.tokens.get(BANK);
      scene.advance(Duration.ofMinutes(58));
      assertThat(scene.source.calls()).isEqualTo(2);
      assertThat(scene.armed()).isEqualTo(1);
    }
  }

  @Test
  void chainNobodyReads_sleeps_andAReadWakesIt() {
    try (Scene scene = scene(PrioritySettings.DEFAULT)) {
      scene.tokens.get(BANK);
      scene.advance(Duration.ofHours(5));
      assertThat(scene.source.calls()).isEqualTo(1);
      scene.tokens.get(BANK);
      assertThat(scene.source.calls()).isEqualTo(2);
      assertThat(scene.armed()).isEqualTo(1);
    }
  }

  @Test
  void keepAlways_refreshesTheUnread_keepNever_nothing() {
    try (Scene always = scene(PrioritySettings.DEFAULT.keep(Keep.ALWAYS));
        Scene never = scene(PrioritySettings.DEFAULT.keep(Keep.NEVER))) {
      always.tokens.get(BANK);
      never.tokens.get(BANK);
      always.advance(Duration.ofHours(5));
      never.advance(Duration.ofHours(5));
      assertThat(always.source.calls()).isGreaterThan(5);
      assertThat(never.source.calls()).isEqualTo(1);
    }
  }

  @Test
  void failingSource_neverEndsTheChainOfRefreshes() {
    try (Scene scene = scene(PrioritySettings.DEFAULT.keep(Keep.ALWAYS))) {
      scene.tokens.get(BANK);
      scene.source.otherwise(request -> failing());
      scene.advance(Duration.ofHours(3));
      // Due while its upstream is stopped, it waits in the queue; else for its timer.
      assertThat(scene.armed() + scene.figure("queued")).isEqualTo(1);
      scene.source.otherwise(
          request -> dev.tokenlife.spi.FetchedToken.of("back", Duration.ofHours(1)));
      scene.advance(Duration.ofMinutes(7));
      assertThat(scene.isFresh(BANK)).isTrue();
      assertThat(scene.figure("failed")).isPositive();
    }
  }

  @Test
  void callerWithoutAToken_goesBeforeWhatIsPlanned() {
    PrioritySettings one = PrioritySettings.DEFAULT.concurrency(1, 1);
    try (Scene scene = holding(one)) {
      for (int i = 0; i < 5; i++) {
        var unused = scene.tokens.refresh(user(i), Demand.BACKGROUND);
      }
      var unused = scene.tokens.refresh(user(9), Demand.BLOCKED);
      release();
      assertThat(scene.source.requests())
          .extracting(FetchRequest::key)
          .hasSize(6)
          .startsWith(user(0), user(9));
      assertThat(scene.figure("dispatched")).isEqualTo(6);
    }
  }

  @Test
  void neverMoreAtATime_thanAllowed() {
    try (Scene scene = holding(PrioritySettings.DEFAULT.concurrency(8, 3))) {
      for (int i = 0; i < 50; i++) {
        var unused = scene.tokens.refresh(user(i), Demand.DUE);
      }
      assertThat(held).hasSize(3);
      assertThat(scene.figure("queued")).isEqualTo(47);
      release();
      assertThat(scene.source.calls()).isEqualTo(50);
      assertThat(scene.figure("queued")).isZero();
    }
  }

  @Test
  void fullQueue_tellsTheOneItShed_andRefusesALesserOneAtOnce() {
    try (Scene scene = holding(PrioritySettings.DEFAULT.concurrency(1, 1).capacity(2))) {
      var running = scene.tokens.refresh(user(0), Demand.BLOCKED);
      var shed = scene.tokens.refresh(user(1), Demand.BACKGROUND);
      var waiting = scene.tokens.refresh(user(2), Demand.BLOCKED);
      var second = scene.tokens.refresh(user(3), Demand.BLOCKED);
      var refused = scene.tokens.refresh(user(4), Demand.BLOCKED);
      assertThat(scene.events.events(TokenEvent.Type.SHED)).hasSize(2);
      // Callers are told on a worker, and those of this test are held.
      release();
      assertThat(shed).isCompletedExceptionally();
      assertThat(refused).isCompletedExceptionally();
      assertThat(running).isCompleted();
      assertThat(waiting).isCompleted();
      assertThat(second).isCompleted();
      assertThat(scene.figure("shed")).isEqualTo(1);
    }
  }

  @Test
  void shedPlan_comesBackByItsTimer_andLeavesOneEntry() {
    try (Scene scene =
        holding(PrioritySettings.DEFAULT.concurrency(1, 1).capacity(1).keep(Keep.ALWAYS))) {
      for (int i = 0; i < 3; i++) {
        var unused = scene.tokens.refresh(user(i), Demand.BLOCKED);
        release();
      }
      for (int minute = 0; minute < 60; minute++) {
        scene.advance(Duration.ofMinutes(1));
        release();
      }
      assertThat(scene.source.calls()).isGreaterThanOrEqualTo(6);
      assertThat(scene.armed()).isEqualTo(3);
      for (int i = 0; i < 3; i++) {
        assertThat(scene.isFresh(user(i))).isTrue();
      }
    }
  }

  @Test
  void closedUpstream_isParked_andTakenUpWhenItOpens() {
    try (Scene scene =
        new Scene(
            PriorityEngine.create(PrioritySettings.DEFAULT.keep(Keep.ALWAYS)),
            builder -> builder)) {
      scene.source.throttle(Duration.ofSeconds(90));
      assertThatThrownBy(() -> scene.tokens.get(user(0)))
          .isInstanceOf(TokenUnavailableException.class);
      var parked = scene.tokens.refresh(user(1), Demand.BACKGROUND);
      assertThat(scene.source.calls()).isEqualTo(1);
      assertThat(parked).isNotDone();
      assertThat(scene.figure("queued")).isEqualTo(1);
      scene.advance(Duration.ofSeconds(91));
      assertThat(parked).isCompleted();
    }
  }

  @Test
  void rejectingExecutor_losesNothing() {
    int[] refusals = {0};
    try (Scene scene =
        new Scene(
            PriorityEngine.create(PrioritySettings.DEFAULT.keep(Keep.ALWAYS)),
            builder ->
                builder.executor(
                    task -> {
                      if (refusals[0]-- > 0) {
                        throw new RejectedExecutionException("full");
                      }
                      task.run();
                    }))) {
      scene.tokens.get(BANK);
      refusals[0] = 3;
      scene.advance(Duration.ofHours(1));
      assertThat(scene.source.calls()).isEqualTo(2);
      assertThat(scene.isFresh(BANK)).isTrue();
      assertThat(scene.armed()).isEqualTo(1);
      assertThat(scene.figure("running")).isZero();
    }
  }

  @Test
  void unwatchedChain_isTakenOut() {
    try (Scene scene = holding(PrioritySettings.DEFAULT.concurrency(1, 1))) {
      var first = scene.tokens.refresh(user(0), Demand.DUE);
      var second = scene.tokens.refresh(user(1), Demand.DUE);
      scene.tokens.unwatch(user(1));
      release();
      assertThat(first).isCompleted();
      assertThat(scene.source.calls()).isEqualTo(1);
      assertThat(second).isNotNull();
    }
  }

  @Test
  void whoStartedIt_isTold() {
    try (Scene scene = scene(PrioritySettings.DEFAULT.keep(Keep.ALWAYS))) {
      scene.tokens.get(BANK);
      scene.advance(Duration.ofMinutes(58));
      assertThat(scene.events.events(TokenEvent.Type.REFRESHED))
          .extracting(TokenEvent::trigger)
          .containsExactly(Trigger.CALLER, Trigger.QUEUE);
      assertThat(scene.tokens.status(BANK).plan()).isEqualTo("armed");
    }
  }

  @Test
  void outageWithAResilienceGuard_endsFresh() {
    VirtualTime virtual = new VirtualTime();
    ScriptedSource source = dev.tokenlife.testing.ScriptedSource.create();
    try (Tokens tokens =
        dev.tokenlife.Tokens.builder()
            .source(source)
            .engine(PriorityEngine.create(PrioritySettings.DEFAULT.keep(Keep.ALWAYS)))
            .guard(ResilienceGuard.create(virtual, GuardSettings.DEFAULT))
            .store(dev.tokenlife.testing.ReferenceStore.local())
            .time(virtual)
            .executor(Runnable::run)
            .build()) {
      for (int i = 0; i < 300; i++) {
        tokens.get(user(i));
      }
      source.otherwise(request -> failing());
      virtual.advance(Duration.ofHours(2));
      int before = source.calls();
      source.otherwise(request -> dev.tokenlife.spi.FetchedToken.of("b", Duration.ofHours(1)));
      virtual.advance(Duration.ofMinutes(10));
      for (int i = 0; i < 300; i++) {
        assertThat(tokens.getIfFresh(user(i))).isPresent();
      }
      assertThat(source.calls() - before).isBetween(300, 400);
    }
  }

  @Test
  void closed_refusesAndLeavesNoTimer() {
    PriorityEngine engine = PriorityEngine.create();
    Scene scene = new Scene(engine);
    scene.tokens.get(BANK);
    scene.close();
    scene.close();
    assertThat(scene.time.armedTimers()).isZero();
    assertThatThrownBy(() -> engine.demand(BANK, Demand.DUE))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> new Scene(engine)).hasMessageContaining("create another one");
    assertThatThrownBy(() -> PriorityEngine.create().plan(BANK, planned(), 0))
        .hasMessageContaining("not started");
    assertThat(PriorityEngine.create().status()).containsEntry("engine", "priority");
  }

  @Test
  void settingsThatLeaveNoWorkPossible_areRefused() {
    assertThatThrownBy(() -> PrioritySettings.DEFAULT.capacity(0)).hasMessageContaining("capacity");
    assertThatThrownBy(() -> new PrioritySettings(1, 1, 1, 1, Keep.ALWAYS))
        .hasMessageContaining("reserved");
  }

  private static PlannedRefresh planned() {
    return new PlannedRefresh(0, 0, 0, 0, true);
  }

  private static FetchedToken failing() {
    throw new SourceException(FailureKind.TRANSIENT, "down");
  }
}
