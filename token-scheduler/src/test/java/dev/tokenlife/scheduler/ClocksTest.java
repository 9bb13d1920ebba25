package dev.tokenlife.scheduler;

import static dev.tokenlife.scheduler.Scene.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.FetchedToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stepped clocks and sleeping machines: no storm, no expired token, told once. */
class ClocksTest {
  private static final int CHAINS = 200;
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private final LogLines lines = new LogLines();
  private final Scene scene = new Scene(ScheduledEngine.create());
  private final List<ChainKey> keys = new ArrayList<>();

  ClocksTest() {
    scene.source.otherwise(request -> FetchedToken.of("t" + request.generation(), TEN_MINUTES));
    for (int i = 0; i < CHAINS; i++) {
      keys.add(ChainKey.of("bank", "user-" + i));
      scene.tokens.get(keys.get(i));
    }
    scene.advance(Duration.ofMinutes(30));
  }

  @AfterEach
  void close() {
    scene.close();
    lines.close();
  }

  @Test
  void clockOneHourForward_refreshesEachChainOnce() {
    steps(HOUR);
  }

  @Test
  void clockOneHourBack_changesNothing() {
    int before = scene.source.calls();
    scene.time.stepWall(HOUR.negated());
    for (int minute = 0; minute < 60; minute++) {
      scene.advance(Duration.ofMinutes(1));
      nobodyGetsAnExpiredToken(HOUR);
    }
    // Ten refreshes an hour each would be early ones; five minutes before expiry makes twelve.
    assertThat(scene.source.calls() - before).isBetween(CHAINS * 9, CHAINS * 14);
    assertThat(lines.with("The wall clock stepped")).hasSize(1);
    assertThat(scene.armed()).isEqualTo(CHAINS);
  }

  @Test
  void machineAsleepForThreeHours_refreshesEachChainOnce() {
    steps(Duration.ofHours(3));
  }

  @Test
  void forwardAndBackAgain_isNoStorm() {
    int before = scene.source.calls();
    scene.time.stepWall(HOUR);
    scene.advance(Duration.ofMinutes(2));
    scene.time.stepWall(HOUR.negated());
    scene.advance(Duration.ofMinutes(2));
    assertThat(scene.source.calls() - before).isLessThanOrEqualTo(CHAINS * 2);
    keys.forEach(key -> assertThat(scene.isFresh(key)).isTrue());
  }

  /** A jump ahead: whatever expired in it is not served, and one refresh each mends it. */
  private void steps(Duration by) {
    int before = scene.source.calls();
    scene.time.stepWall(by);
    nobodyGetsAnExpiredToken(Duration.ZERO);
    scene.advance(Duration.ofSeconds(31));
    keys.forEach(key -> assertThat(scene.isFresh(key)).isTrue());
    nobodyGetsAnExpiredToken(Duration.ZERO);
    assertThat(scene.source.calls() - before).isLessThanOrEqualTo(CHAINS * 11 / 10);
    assertThat(lines.with("The wall clock stepped")).hasSize(1);
    assertThat(scene.armed()).isEqualTo(CHAINS);
  }

  /** Expiry is told in this process's time, which is ahead of a wall clock that was set back. */
  private void nobodyGetsAnExpiredToken(Duration ahead) {
    long now = scene.time.wallMillis() + ahead.toMillis();
    for (ChainKey key : keys) {
      assertThat(scene.tokens.getIfFresh(key).map(AccessToken::expiresAtMillis).orElse(now + 1))
          .isGreaterThan(now);
    }
  }
}
