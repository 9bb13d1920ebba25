package dev.tokenlife.examples.fleet.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.examples.fleet.Samples;
import dev.tokenlife.model.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final Progress HALF = new Progress(50, 2, 100, Duration.ofSeconds(5));

  @Test
  void block_tellsOfEachProvider_theWaiting_andThePromises() {
    List<String> block =
        Board.block(Samples.of(25), Duration.ofMinutes(3), Optional.of(HALF), Samples.PROMISES);
    assertThat(block).contains("00:25 of 03:00   outage of B", ProgressBar.of(HALF));
    assertThat(block).anyMatch(line -> line.startsWith("  B  held back") && line.endsWith("DOWN"));
    assertThat(block).anyMatch(line -> line.startsWith("  A  closed") && !line.contains("DOWN"));
    assertThat(block).anyMatch(line -> line.contains("urgent:1000"));
    assertThat(block).contains("promises: 1 kept so far, 1 broken, 1 not tested yet");
  }

  @Test
  void block_isAsHighWithoutWorkAsWithIt() {
    var with = Board.block(Samples.of(1), Duration.ofMinutes(1), Optional.of(HALF), List.of());
    var without = Board.block(Samples.of(1), Duration.ofMinutes(1), Optional.empty(), List.of());
    assertThat(without).hasSameSizeAs(with);
  }

  @Test
  void line_isOneLine_ofNamesAndValues() {
    assertThat(Board.line(Samples.of(25), Optional.empty()))
        .startsWith("t=25s outage-of-B A=64/s,closed B=1/s,held-back")
        .doesNotContain("\n");
  }

  @Test
  void bar_showsTheShare_theRate_andWhatIsLeft() {
    assertThat(ProgressBar.of(HALF))
        .contains("###############...............")
        .contains("50 of 100")
        .contains("10/s")
        .contains("5 s left")
        .contains("2 failed");
    assertThat(ProgressBar.of(new Progress(0, 0, 0, Duration.ZERO))).contains("100 %");
  }

  @Test
  void summary_passesOnlyIfEveryPromiseWasKept() {
    assertThat(Summary.kept(Samples.PROMISES)).isFalse();
    assertThat(Summary.kept(List.of(Samples.PROMISES.get(2)))).isFalse();
    assertThat(Summary.kept(List.of(Samples.PROMISES.get(0)))).isTrue();
    assertThat(Summary.of(Samples.PROMISES))
        .anyMatch(line -> line.startsWith("  BROKEN") && line.contains("calls to <B>"))
        .last()
        .asString()
        .startsWith("FAILED");
  }
}
