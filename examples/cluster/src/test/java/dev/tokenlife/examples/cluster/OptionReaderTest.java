package dev.tokenlife.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.examples.cluster.step.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OptionReaderTest {
  @Test
  void whatIsSaid_isDone_andTheRestIsTheDefault() {
    Options options =
        OptionReader.read(
            List.of(
                "--grants", "300", "--for", "2m", "--steps", "kill,skew", "--engine", "priority"));
    assertThat(options.grants()).isEqualTo(300);
    assertThat(options.length()).isEqualTo(Duration.ofMinutes(2));
    assertThat(options.steps()).containsExactly(Step.KILL, Step.SKEW);
    assertThat(options.engine()).isEqualTo("priority");
    assertThat(options.nodes()).isEqualTo(3);
  }

  @Test
  void whatCannotBe_isRefused_byItsName() {
    for (List<String> wrong :
        List.of(
            List.of("--grants", "none"),
            List.of("--grants"),
            List.of("--for", "soon"),
            List.of("--steps", "kill,dance"),
            List.of("--engine", "steam"),
            List.of("--speed", "9"))) {
      assertThatThrownBy(() -> OptionReader.read(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong.get(0));
    }
  }
}
