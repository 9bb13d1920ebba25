package dev.tokenlife.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecondLoadTest {
  private static final long NOW = 1_900_000_000_000L;
  private static final long RING = (1L << 15) * 1_000;

  private final SecondLoad load = new SecondLoad();

  @Test
  void aSecond_countsWhatIsPlannedWithinIt() {
    load.add(NOW);
    load.add(NOW + 999);
    load.add(NOW + 1_000);
    assertThat(load.at(NOW + 500)).isEqualTo(2);
    assertThat(load.at(NOW + 1_500)).isEqualTo(1);
    assertThat(load.at(NOW + 2_000)).isZero();
  }

  @Test
  void whatHasPassed_doesNotCountForALaterSecond_whateverTheTurn() {
    for (long turn = 0; turn < 600; turn++) {
      long at = NOW + turn * RING;
      assertThat(load.at(at)).as("turn %s", turn).isZero();
      load.add(at);
      load.add(at);
      assertThat(load.at(at)).as("turn %s", turn).isEqualTo(2);
    }
  }

  @Test
  void aSecondBeforeOneThatSharesItsCounter_isCountedTogetherWithIt() {
    load.add(NOW + RING);
    load.add(NOW);
    assertThat(load.at(NOW)).isEqualTo(2);
  }
}
