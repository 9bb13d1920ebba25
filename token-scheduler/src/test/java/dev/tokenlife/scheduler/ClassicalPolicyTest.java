package dev.tokenlife.scheduler;

import static dev.tokenlife.scheduler.Scene.BANK;
import static dev.tokenlife.scheduler.Scene.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.RefreshPolicy;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules of hand-written schedulers, without their busy loops. */
class ClassicalPolicyTest {
  private final LogLines lines = new LogLines();
  private final Scene scene =
      new Scene(ScheduledEngine.create(), builder -> builder.policy(RefreshPolicy.classical()));

  @AfterEach
  void close() {
    scene.close();
    lines.close();
  }

  @Test
  void refreshesFiveMinutesBeforeExpiry() {
    scene.tokens.get(BANK);
    scene.advance(Duration.ofMinutes(53));
    assertThat(scene.source.calls()).isEqualTo(1);
    scene.advance(Duration.ofMinutes(2));
    assertThat(scene.source.calls()).isEqualTo(2);
  }

  @Test
  void tooSoonToSchedule_isNotArmed_logged_refreshedOnDemand_andTheNextTokenRearms() {
    scene.source.answer("short", Duration.ofSeconds(40)).answer("long", HOUR);
    scene.tokens.get(BANK);
    assertThat(scene.armed()).isZero();
    assertThat(lines.with("refreshed on demand")).singleElement().asString().contains("bank");
    scene.advance(Duration.ofMinutes(10));
    assertThat(scene.source.calls()).isEqualTo(1);
    assertThat(scene.tokens.get(BANK).bearer()).isEqualTo("Bearer long");
    assertThat(scene.armed()).isEqualTo(1);
  }

  @Test
  void bufferLongerThanTheLifetime_isDueAtHalf_neverABusyLoop() {
    scene.source.otherwise(
        request -> FetchedToken.of("t" + request.generation(), Duration.ofMinutes(4)));
    scene.tokens.get(BANK);
    scene.advance(HOUR);
    assertThat(scene.source.calls()).isBetween(29, 33);
  }

  @Test
  void anotherMinimum_rearmsWhatWasTooSoon() {
    scene.source.answer("short", Duration.ofSeconds(40));
    scene.tokens.get(BANK);
    scene
        .tokens
        .config()
        .policy(RefreshPolicy.classical(Duration.ofSeconds(10), Duration.ofSeconds(5)));
    assertThat(scene.armed()).isEqualTo(1);
    scene.advance(Duration.ofSeconds(31));
    assertThat(scene.source.calls()).isEqualTo(2);
  }

  @Test
  void lifetimesOfNothing_orLess_orACentury_haveAStatedEnd() {
    scene.source.otherwise(request -> FetchedToken.of("dead", Duration.ZERO));
    scene.tokens.watch(BANK);
    scene.advance(HOUR);
    assertThat(scene.source.calls()).isBetween(3, 150);
    scene.source.otherwise(request -> FetchedToken.of("old", Duration.ofDays(36_500)));
    scene.advance(Duration.ofMinutes(6));
    assertThat(scene.isFresh(BANK)).isTrue();
    int calls = scene.source.calls();
    scene.advance(Duration.ofDays(30));
    assertThat(scene.source.calls()).isEqualTo(calls);
  }
}
