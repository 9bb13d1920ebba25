package dev.tokenlife.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.spi.RefreshPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Things that have a name and an expiry but are not tokens. */
class NamedRefreshesTest {
  private final ScheduledEngine engine = ScheduledEngine.create();
  private final AtomicInteger refusals = new AtomicInteger();
  private final Scene scene =
      new Scene(
          engine,
          builder ->
              builder.executor(
                  task -> {
                    if (refusals.getAndDecrement() > 0) {
                      throw new RejectedExecutionException("full");
                    }
                    task.run();
                  }));
  private final List<Instant> calls = new ArrayList<>();

  @AfterEach
  void close() {
    scene.close();
  }

  private Instant in(Duration later) {
    return scene.time.instant().plus(later);
  }

  private Instant called(Duration lifetime) {
    calls.add(scene.time.instant());
    return in(lifetime);
  }

  @Test
  void calledBackAheadOfEachExpiry() {
    engine.schedule("cert", in(Duration.ofHours(1)), () -> called(Duration.ofHours(1)));
    scene.advance(Duration.ofHours(10));
    assertThat(calls).hasSizeBetween(10, 11);
    assertThat(scene.tokens.status()).containsEntry("named", List.of("cert"));
  }

  @Test
  void secondCallForAName_replacesTheFirst() {
    AtomicInteger first = new AtomicInteger();
    engine.schedule(
        "cert", in(Duration.ofHours(1)), () -> in(Duration.ofHours(first.incrementAndGet())));
    engine.schedule("cert", in(Duration.ofHours(2)), () -> called(Duration.ofHours(3)));
    scene.advance(Duration.ofHours(3));
    assertThat(first).hasValue(0);
    assertThat(calls).hasSize(1);
  }

  @Test
  void unscheduledName_isNotCalled() {
    engine.schedule("cert", in(Duration.ofHours(1)), () -> called(Duration.ofHours(1)));
    assertThat(engine.unschedule("cert")).isTrue();
    assertThat(engine.unschedule("cert")).isFalse();
    scene.advance(Duration.ofHours(3));
    assertThat(calls).isEmpty();
  }

  @Test
  void asyncCallback_isRearmedWhenItsStageCompletes() {
    CompletableFuture<Instant> stage = new CompletableFuture<>();
    AtomicInteger started = new AtomicInteger();
    engine.scheduleAsync(
        "vault",
        in(Duration.ofHours(1)),
        () ->
            started.incrementAndGet() == 1
                ? stage
                : CompletableFuture.completedFuture(in(Duration.ofHours(9))));
    scene.advance(Duration.ofHours(2));
    engine.namedPolicy(RefreshPolicy.fraction(0.5));
    scene.advance(Duration.ofHours(2));
    assertThat(started).hasValue(1);
    stage.complete(in(Duration.ofHours(1)));
    scene.advance(Duration.ofHours(1));
    assertThat(started).hasValue(2);
  }

  @Test
  void throwingCallback_backsOff_andNeverEnds() {
    engine.schedule(
        "cert",
        in(Duration.ofHours(1)),
        () -> {
          called(Duration.ZERO);
          throw new IllegalStateException("down");
        });
    scene.advance(Duration.ofMinutes(56));
    assertThat(calls).hasSizeBetween(5, 9);
    scene.advance(Duration.ofHours(24));
    assertThat(calls).hasSizeBetween(250, 350);
  }

  @Test
  void whileLifeIsLeft_itIsNeverSleptAway() {
    engine.schedule(
        "cert",
        in(Duration.ofMinutes(10)),
        () -> {
          called(Duration.ZERO);
          throw new IllegalStateException("down");
        });
    Instant end = in(Duration.ofMinutes(10));
    scene.advance(Duration.ofMinutes(10));
    assertThat(calls.get(calls.size() - 1)).isAfter(end.minusSeconds(2));
    assertThat(calls).hasSizeLessThan(40);
  }

  @Test
  void callbackThatReturnsThePast_orNothing_orNoStage_isAFailure_neverABusyLoop() {
    engine.schedule("past", in(Duration.ofHours(1)), () -> called(Duration.ofHours(-1)));
    engine.schedule("none", in(Duration.ofHours(1)), NamedRefreshesTest::nothing);
    engine.scheduleAsync("stage", in(Duration.ofHours(1)), NamedRefreshesTest::nothing);
    scene.advance(Duration.ofHours(3));
    assertThat(calls).hasSizeBetween(20, 60);
    assertThat(scene.tokens.status()).containsEntry("named", List.of("none", "past", "stage"));
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what a careless callback does
  private static <T> T nothing() {
    return null;
  }

  @Test
  void endOfTime_isFarEnough() {
    engine.schedule("cert", Instant.MAX, () -> called(Duration.ofDays(1)));
    scene.advance(Duration.ofDays(30));
    assertThat(calls).isEmpty();
  }

  @Test
  void expiredAlready_isCalledAtOnce() {
    engine.schedule("cert", in(Duration.ofHours(-1)), () -> called(Duration.ofHours(1)));
    scene.advance(Duration.ofSeconds(1));
    assertThat(calls).hasSize(1);
  }

  @Test
  void fullExecutor_losesNoName() {
    engine.schedule("cert", in(Duration.ofHours(1)), () -> called(Duration.ofHours(1)));
    refusals.set(3);
    scene.advance(Duration.ofHours(1));
    assertThat(calls).hasSize(1);
  }

  @Test
  void namedPolicy_rearmsWhatIsArmed() {
    engine.schedule("cert", in(Duration.ofHours(1)), () -> called(Duration.ofHours(10)));
    assertThat(engine.namedPolicy()).isEqualTo(RefreshPolicy.classical());
    engine.namedPolicy(RefreshPolicy.fraction(0.1));
    scene.advance(Duration.ofMinutes(7));
    assertThat(calls).hasSize(1);
  }

  @Test
  void afterClose_schedulingSaysSo_andNothingIsCalled() {
    engine.schedule("cert", in(Duration.ofHours(1)), () -> called(Duration.ofHours(1)));
    scene.close();
    scene.advance(Duration.ofHours(3));
    assertThat(calls).isEmpty();
    assertThatThrownBy(() -> engine.schedule("late", in(Duration.ofHours(1)), () -> Instant.MAX))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
