package dev.tokenlife.scheduler.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class CatchUpTest {
  private final CatchUp catchUp = new CatchUp(1_000);

  @Test
  void timersThatAreOnTime_areNotPaced() {
    assertThat(catchUp.handedOut(256, CatchUp.STALL_MILLIS, 0)).isFalse();
    assertThat(catchUp.allowance(0)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void pace_doublesEachSecond_untilATimerIsOnTime() {
    assertThat(catchUp.handedOut(256, 60_000, 0)).isTrue();
    assertThat(catchUp.allowance(9)).isZero();
    assertThat(catchUp.allowance(10)).isEqualTo(10);
    assertThat(catchUp.handedOut(7, 60_000, 10)).isFalse();
    assertThat(catchUp.allowance(11)).isEqualTo(3);
    assertThat(catchUp.allowance(1_020)).isEqualTo(20);
    assertThat(catchUp.allowance(3_050)).isEqualTo(80);
    assertThat(catchUp.allowance(3_600_000)).isEqualTo(10_240);
    assertThat(catchUp.handedOut(0, 0, 3_600_000)).isTrue();
    assertThat(catchUp.isOn()).isFalse();
  }

  @Test
  void paceThatWouldNeverEnd_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CatchUp(99))
        .withMessageContaining("100");
  }
}
