package dev.tokenlife.threats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each threat's test fails when its defence is taken away, and passes while it is there. Takes a
 * JVM for each of them: run by the profile {@code proof}.
 */
@Tag("slow")
final class DefencesTest {
  @TempDir private Path work;

  static List<Threat> threats() {
    return Threats.all();
  }

  @Test
  void withEveryDefence_everyTestPasses() throws Exception {
    List<Threat> once = threats().stream().filter(DefencesTest::isFirstOfItsTest).toList();
    RemovedDefence.Outcome outcome = new RemovedDefence(work).run(once);
    assertThat(outcome.passed()).as(outcome.log()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("threats")
  void withoutItsDefence_theTestFails(Threat threat) throws IOException, InterruptedException {
    RemovedDefence removed = new RemovedDefence(work);
    removed.remove(threat.removal());
    RemovedDefence.Outcome outcome = removed.run(List.of(threat));
    assertThat(outcome.failed()).as("nobody noticed: " + outcome.log()).isTrue();
  }

  private static boolean isFirstOfItsTest(Threat threat) {
    return threats().stream()
        .filter(other -> other.test().equals(threat.test()))
        .findFirst()
        .filter(threat::equals)
        .isPresent();
  }
}
