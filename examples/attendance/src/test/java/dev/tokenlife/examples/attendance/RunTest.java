package dev.tokenlife.examples.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.examples.attendance.simulation.SimulatedClass;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RunTest {
  @Test
  void aSimulatedClass_seesNoError_andTheRegisterSaysWhatItKnows() throws IOException {
    Options options = School.rules(Duration.ofSeconds(2), false);
    try (School school = School.inRealTime(options)) {
      SimulatedClass simulated =
          SimulatedClass.of(school.address(), 12, Duration.ofSeconds(8), false, Set.of());
      assertThat(simulated.lesson()).isTrue();
      assertThat(simulated.firstErrors()).isEmpty();
      assertThat(simulated.finished()).isEqualTo(1);
      assertThat(simulated.status().joined()).isEqualTo(12);
      assertThat(simulated.status().present()).isPositive();
      assertThat(school.app().activity().faults()).isZero();
    }
  }

  @Test
  void aSimulatedClass_noticesAServerThatIsNotThere() {
    SimulatedClass simulated =
        SimulatedClass.of("http://127.0.0.1:1", 4, Duration.ofMillis(500), false, Set.of());
    simulated.lesson();
    assertThat(simulated.errors()).isPositive();
  }
}
