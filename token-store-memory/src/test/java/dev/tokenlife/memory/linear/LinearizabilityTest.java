package dev.tokenlife.memory.linear;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Whatever threads do to one chain at once is what they could have done one after the other. */
final class LinearizabilityTest {
  @Test
  void twoThreads_onOneChain_areLinearizable() {
    chain(2, 3).check(HonestChain.class);
  }

  @Test
  void threeThreads_onOneChain_areLinearizable() {
    chain(3, 2).check(HonestChain.class);
  }

  @Test
  void twoThreads_onOneGrant_areLinearizable() {
    signIns(2, 3).check(SignInGrant.class);
  }

  @Test
  void threeThreads_onOneGrant_areLinearizable() {
    signIns(3, 2).check(SignInGrant.class);
  }

  @Test
  void threeThreads_onOneGrantThatIsFetched_areLinearizable() {
    options(3, 2).sequentialSpecification(GrantModel.class).check(RejectedGrant.class);
  }

  @Test
  void storeThatIgnoresTheVersion_isFound() {
    assertFound(chain(2, 3), BlindWriteChain.class);
  }

  @Test
  void cacheThatIgnoresTheRevision_isFound() {
    assertFound(chain(2, 3), StaleReadChain.class);
  }

  @Test
  void closingThatDoesNotRaiseTheRevision_isFound() {
    assertFound(signIns(2, 3), SilentCloseGrant.class);
  }

  private static void assertFound(StressOptions options, Class<?> flawed) {
    assertThatExceptionOfType(LincheckAssertionError.class).isThrownBy(() -> options.check(flawed));
  }

  private static StressOptions chain(int threads, int actors) {
    return options(threads, actors).sequentialSpecification(ChainModel.class);
  }

  private static StressOptions signIns(int threads, int actors) {
    return options(threads, actors).sequentialSpecification(SignInModel.class);
  }

  private static StressOptions options(int threads, int actors) {
    return new StressOptions()
        .threads(threads)
        .actorsPerThread(actors)
        .iterations(40)
        .invocationsPerIteration(1_000)
        .actorsBefore(1)
        .actorsAfter(2)
        .minimizeFailedScenario(false);
  }
}
