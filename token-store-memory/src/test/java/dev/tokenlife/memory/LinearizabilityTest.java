package dev.tokenlife.memory;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Whatever threads do to one chain at once is what they could have done one after the other. */
final class LinearizabilityTest {
  @Test
  void twoThreads_onOneChain_areLinearizable() {
    options().threads(2).actorsPerThread(3).check(HonestChain.class);
  }

  @Test
  void threeThreads_onOneChain_areLinearizable() {
    options().threads(3).actorsPerThread(2).check(HonestChain.class);
  }

  @Test
  void storeThatIgnoresTheVersion_isFound() {
    assertThatExceptionOfType(LincheckAssertionError.class)
        .isThrownBy(() -> options().threads(2).actorsPerThread(3).check(BlindWriteChain.class));
  }

  @Test
  void cacheThatIgnoresTheRevision_isFound() {
    assertThatExceptionOfType(LincheckAssertionError.class)
        .isThrownBy(() -> options().threads(2).actorsPerThread(3).check(StaleReadChain.class));
  }

  private static StressOptions options() {
    return new StressOptions()
        .iterations(40)
        .invocationsPerIteration(1_000)
        .actorsBefore(1)
        .actorsAfter(2)
        .minimizeFailedScenario(false)
        .sequentialSpecification(ChainModel.class);
  }
}
