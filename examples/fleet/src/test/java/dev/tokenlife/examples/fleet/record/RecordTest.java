package dev.tokenlife.examples.fleet.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecordTest {
  @Test
  void quantile_isRight_toATwelfth() {
    Latencies latencies = new Latencies();
    for (int millis = 1; millis <= 1_000; millis++) {
      latencies.add(Duration.ofMillis(millis).toNanos());
    }
    assertThat(latencies.count()).isEqualTo(1_000);
    assertThat(latencies.quantile(0.5).toMillis()).isBetween(500L, 545L);
    assertThat(latencies.quantile(0.99).toMillis()).isBetween(990L, 1_075L);
  }

  @Test
  void window_tellsOfWhatCameSince() {
    Latencies latencies = new Latencies();
    Latencies.Window window = latencies.window();
    latencies.add(Duration.ofSeconds(9).toNanos());
    assertThat(window.next(0.5)[0]).isBetween(9_000.0, 9_800.0);
    latencies.add(Duration.ofMillis(3).toNanos());
    assertThat(window.next(0.5)[0]).isBetween(3.0, 3.3);
    assertThat(window.next(0.5)[0]).isZero();
  }

  @Test
  void fullestSecond_isFound() {
    VirtualTime time = new VirtualTime();
    RunClock clock = RunClock.start(time);
    Seconds seconds = new Seconds(clock);
    for (int second = 0; second < 5; second++) {
      for (int i = 0; i < second; i++) {
        seconds.count();
      }
      time.advance(Duration.ofSeconds(1));
    }
    assertThat(clock.second()).isEqualTo(5);
    assertThat(seconds.between(1, 4)).isEqualTo(1 + 2 + 3);
    assertThat(seconds.most(0, 4)).isEqualTo(3);
    assertThat(seconds.most(-1, 1_000_000)).isEqualTo(4);
  }

  @Test
  void whatIsLateWhileTheMachineStalls_isCountedApart() {
    VirtualTime time = new VirtualTime();
    RunClock clock = RunClock.start(time);
    Stalls stalls = new Stalls(clock);
    Seconds late = new Seconds(clock);
    for (int second = 0; second < 5; second++) {
      stalls.woke(Duration.ofMillis(second == 1 ? 50 : 49));
      late.count();
      time.advance(Duration.ofSeconds(1));
    }
    assertThat(stalls.split(late, 0, 5)).isEqualTo(new Stalls.Split(3, 2));
    assertThat(stalls.split(late, 3, 5)).isEqualTo(new Stalls.Split(2, 0));
  }

  @Test
  void promise_isKeptOnlyIfItWasPutToTheTest() {
    assertThat(Promise.of("", "", "", true, true).verdict()).isEqualTo(Promise.Verdict.KEPT);
    assertThat(Promise.of("", "", "", false, true).verdict()).isEqualTo(Promise.Verdict.UNTESTED);
    assertThat(Promise.of("", "", "", false, false).verdict()).isEqualTo(Promise.Verdict.BROKEN);
  }
}
