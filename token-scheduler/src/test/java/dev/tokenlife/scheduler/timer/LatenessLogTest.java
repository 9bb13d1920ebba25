package dev.tokenlife.scheduler.timer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LatenessLogTest {
  private final LatenessLog log = new LatenessLog();

  @Test
  void nothingFired_isAllZero() {
    assertThat(log.read()).isEqualTo(new Lateness(0, 0, 0, 0));
  }

  @Test
  void earlyTimer_isNotLate() {
    log.record(-5);
    assertThat(log.read()).isEqualTo(new Lateness(1, 0, 0, 0));
  }

  @Test
  void oneOfAHundred_isBeyondTheBound_andTwoAreNot() {
    for (int i = 0; i < 198; i++) {
      log.record(3);
    }
    log.record(500);
    log.record(1);
    assertThat(log.read()).isEqualTo(new Lateness(200, 1, 500, 3));
    log.record(400);
    log.record(400);
    assertThat(log.read().p99Millis()).isEqualTo(500);
  }
}
