package dev.tokenlife.examples.attendance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.examples.attendance.lesson.CodeType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionReaderTest {
  @Test
  void withoutOptions_itIsPort8080OfThisMachine_inMemory_withCodesOfTenSeconds() {
    Options options = OptionReader.read(List.of());
    assertThat(options.host()).isEqualTo("127.0.0.1");
    assertThat(options.port()).isEqualTo(8080);
    assertThat(options.store()).isEqualTo("memory");
    assertThat(options.rules().rotate()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.rules().overlap()).isEqualTo(Duration.ofSeconds(3));
    assertThat(options.rules().sealed()).isEmpty();
    assertThat(options.push()).isFalse();
    assertThat(options.simulate()).isZero();
    assertThat(options.duration()).isEmpty();
  }

  @Test
  void everyOption_isRead() {
    Options options =
        OptionReader.read(
            List.of(
                ("--port 0 --host 0.0.0.0 --url http://10.0.0.5:80/ --rotate 500ms --push --challenge"
                        + " --sealed LATE --simulate 30 --for 2m --store memory")
                    .split(" ", -1)));
    assertThat(options.port()).isZero();
    assertThat(options.host()).isEqualTo("0.0.0.0");
    assertThat(options.url()).contains("http://10.0.0.5:80");
    assertThat(options.rules().rotate()).isEqualTo(Duration.ofMillis(500));
    assertThat(options.rules().overlap()).isEqualTo(Duration.ofMillis(250));
    assertThat(options.rules().challenge()).isTrue();
    assertThat(options.rules().sealed()).containsExactly(CodeType.LATE);
    assertThat(options.push()).isTrue();
    assertThat(options.simulate()).isEqualTo(30);
    assertThat(options.duration()).contains(Duration.ofMinutes(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--port",
        "--port x",
        "--port 70000",
        "--rotate 10",
        "--rotate 0s",
        "--for soon",
        "--sealed ENTRY",
        "--simulate 2",
        "--simulate 5000",
        "--url nowhere",
        "--whatever"
      })
  void whatIsWrong_isRefusedByName(String line) {
    List<String> arguments = List.of(line.split(" ", -1));
    assertThatThrownBy(() -> OptionReader.read(arguments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(arguments.get(0));
  }

  @Test
  void anUnknownStore_isRefused() {
    assertThatThrownBy(() -> Stores.open("paper", Map.of())).hasMessageContaining("paper");
  }
}
