package dev.tokenlife.scheduler;

import static dev.tokenlife.scheduler.Scene.BANK;
import static dev.tokenlife.scheduler.Scene.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which chains are refreshed ahead, how they fall asleep and how they wake. */
class KeepTest {
  @Test
  void always_refreshesWhatNobodyReads() {
    try (Scene scene = new Scene(ScheduledEngine.create(Keep.ALWAYS))) {
      scene.tokens.get(BANK);
      scene.advance(Duration.ofHours(10));
      assertThat(scene.source.calls()).isGreaterThanOrEqualTo(11);
    }
  }

  @Test
  void ifUsed_refreshesWhatIsRead_andLetsTheRestSleep() {
    try (Scene scene = new Scene(ScheduledEngine.create(Keep.IF_USED))) {
      scene.tokens.get(BANK);
      scene.advance(Duration.ofMinutes(1));
      scene.tokens.get(BANK);
      scene.advance(HOUR);
      assertThat(scene.source.calls()).isEqualTo(2);
      scene.advance(Duration.ofHours(10));
      assertThat(scene.source.calls()).isEqualTo(2);
      assertThat(scene.armed()).isZero();
      assertThat(scene.figure("asleep")).isEqualTo(1);
    }
  }

  @Test
  void readWakesASleepingChain() {
    try (Scene scene = new Scene(ScheduledEngine.create(Keep.IF_USED))) {
      scene.tokens.get(BANK);
      scene.advance(Duration.ofHours(10));
      assertThat(scene.armed()).isZero();
      assertThat(scene.tokens.get(BANK).bearer()).isEqualTo("Bearer access-2");
      assertThat(scene.armed()).isEqualTo(1);
    }
  }

  @Test
  void never_refreshesOnlyWhenRead() {
    try (Scene scene = new Scene(ScheduledEngine.create(Keep.NEVER))) {
      scene.tokens.get(BANK);
      scene.tokens.get(BANK);
      scene.advance(Duration.ofMinutes(58));
      assertThat(scene.source.calls()).isEqualTo(1);
      assertThat(scene.tokens.get(BANK).bearer()).isEqualTo("Bearer access-1");
      assertThat(scene.source.calls()).isEqualTo(2);
    }
  }
}
