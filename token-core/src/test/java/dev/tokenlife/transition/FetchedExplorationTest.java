package dev.tokenlife.transition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every short history of a fetched chain: I4, I5, I6, I22, I26 and I28. */
class FetchedExplorationTest {
  private static final long HOUR = 3_600_000;
  private static final FetchedWorld STEADY = new FetchedWorld(List.of(1_000L, 3_000L));
  private static final FetchedWorld CLOCKS =
      new FetchedWorld(List.of(1_000L, -2_000L, HOUR, -HOUR));

  @Test
  void chainWithLateAndDeadProcesses_keepsItsLaws() {
    explore(STEADY, 6, 15_000);
  }

  @Test
  void chainUnderClocksNearAndFar_keepsItsLaws() {
    explore(CLOCKS, 6, 60_000);
  }

  @Tag("slow")
  @Test
  void deepHistoriesWithLateAndDeadProcesses_keepTheLaws() {
    explore(STEADY, 9, 900_000);
  }

  @Tag("slow")
  @Test
  void deepHistoriesUnderClocksNearAndFar_keepTheLaws() {
    explore(CLOCKS, 7, 300_000);
  }

  private static void explore(FetchedWorld world, int depth, int atLeast) {
    Explorer found = Explorer.explore(world, world.start(), depth);
    assertThat(found.states()).as(found.toString()).isGreaterThan(atLeast);
  }
}
