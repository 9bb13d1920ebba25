package dev.tokenlife.examples.fleet.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.scheduler.Keep;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionReaderTest {
  @Test
  void nothingSaid_meansTenThousandForThreeMinutes() {
    Options options = OptionReader.read(List.of());
    assertThat(options.scenario().users()).isEqualTo(10_000);
    assertThat(options.scenario().length()).isEqualTo(Duration.ofMinutes(3));
    assertThat(options.scenario().outage()).isEqualTo(Duration.ofMinutes(1));
    assertThat(options.scenario().revoked()).isEqualTo(0.01);
    assertThat(options.tuning().guardRate()).isEqualTo(160);
  }

  @Test
  void everyOptionOfTheUsage_isTaken_withTheValueThatIsShown() {
    long options =
        OptionReader.USAGE
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("--") && !line.startsWith("--help"))
            .peek(
                line -> {
                  String[] words = line.split(" +", 3);
                  assertThat(OptionReader.read(List.of(words[0], words[1])))
                      .as(line)
                      .isEqualTo(OptionReader.read(List.of()));
                })
            .count();
    assertThat(options).isGreaterThan(20);
  }

  @Test
  void whatIsSaid_reachesTheEngineAndTheGuard() {
    Tuning tuning =
        OptionReader.read(
                List.of(
                    "--workers", "8", "--per-provider", "5", "--keep", "always", "--ramp", "9s"))
            .tuning();
    assertThat(tuning.engine().workers()).isEqualTo(8);
    assertThat(tuning.engine().perUpstream()).isEqualTo(5);
    assertThat(tuning.engine().keep()).isEqualTo(Keep.ALWAYS);
    assertThat(tuning.guard().ramp()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void guardsRate_followsTheLimit_unlessItIsSaid() {
    assertThat(OptionReader.read(List.of("--rate", "1000")).tuning().guardRate()).isEqualTo(800);
    assertThat(OptionReader.read(List.of("--guard-rate", "0")).tuning().guardRate()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"--users,7", "--for,3", "--revoke,101%", "--keep,maybe", "--port,70000", "--rate,x"})
  void valueThatIsWrong_isRefused_byName(String option, String value) {
    assertThatThrownBy(() -> OptionReader.read(List.of(option, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(option)
        .hasMessageContaining(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--fast", "--port", "fast"})
  void argumentThatIsNoOption_orHasNoValue_isRefused_byName(String argument) {
    assertThatThrownBy(() -> OptionReader.read(List.of(argument)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(argument);
  }

  @Test
  void outageThatDoesNotFit_isRefused_withWhatToChange() {
    assertThatThrownBy(() -> OptionReader.read(List.of("--for", "1m", "--outage", "50s")))
        .hasMessageContaining("--outage 50s does not fit into --for 60s");
  }
}
