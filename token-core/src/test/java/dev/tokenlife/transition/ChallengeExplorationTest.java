package dev.tokenlife.transition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every short history of a challenged chain: I18 and I19. */
class ChallengeExplorationTest {
  @Test
  void challengedChain_keepsItsLaws() {
    explore(6, 15_000);
  }

  @Tag("slow")
  @Test
  void deepHistoriesOfAChallengedChain_keepTheLaws() {
    explore(9, 900_000);
  }

  private static void explore(int depth, int atLeast) {
    ChallengeWorld world = ChallengeWorld.small();
    Explorer found = Explorer.explore(world, world.start(), depth);
    assertThat(found.states()).as(found.toString()).isGreaterThan(atLeast);
  }
}
