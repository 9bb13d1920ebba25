package dev.tokenlife.threats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The document says what is proved, and what is proved is still there. */
final class ThreatTableTest {
  private static final Path TABLE = Path.of("../docs/threats.md");

  static List<Threat> threats() {
    return Threats.all();
  }

  @Test
  void document_namesEveryThreat_itsDefence_andItsTest() throws IOException {
    List<String> rows =
        Files.readAllLines(TABLE).stream().filter(line -> line.endsWith("` |")).toList();
    assertThat(rows).isEqualTo(threats().stream().map(Threat::row).toList());
  }

  @ParameterizedTest
  @MethodSource("threats")
  void defenceAndTest_areWhereTheyAreSaidToBe(Threat threat) throws IOException {
    assertThat(threat.method()).isNotNull();
    for (Threat.Edit edit : threat.removal()) {
      String source = Files.readString(RemovedDefence.SOURCES.resolve(edit.file()));
      assertThat(edit.applied(source)).isNotEqualTo(source);
    }
  }
}
