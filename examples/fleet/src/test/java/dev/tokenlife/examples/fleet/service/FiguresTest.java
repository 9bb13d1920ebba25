package dev.tokenlife.examples.fleet.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void worstOfWhatAGuardDoes_isShown() {
    Map<String, Object> open = Map.of("breaker", "OPEN", "recovering", true, "pausedMillis", 5);
    assertThat(Figures.state(open, true)).isEqualTo("open");
    assertThat(Figures.state(Map.of("breaker", "HALF_OPEN"), true)).isEqualTo("half open");
    assertThat(Figures.state(Map.of("pausedMillis", 5L), true)).isEqualTo("paused");
    assertThat(Figures.state(Map.of("recovering", true), true)).isEqualTo("recovering");
    assertThat(Figures.state(Map.of("breaker", "CLOSED"), true)).isEqualTo("held back");
    assertThat(Figures.state(Map.of("breaker", "CLOSED"), false)).isEqualTo("closed");
  }

  @Test
  void figureThatIsMissing_isNothing() {
    assertThat(Figures.counts(null)).isEmpty();
    assertThat(Figures.number("text")).isZero();
    assertThat(Figures.counts(Map.of("URGENT", 3))).containsEntry("URGENT", 3);
  }
}
