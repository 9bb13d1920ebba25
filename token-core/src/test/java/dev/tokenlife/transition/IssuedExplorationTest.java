package dev.tokenlife.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ActorRule;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainPolicyBuilder;
import dev.tokenlife.model.ReusePolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every short history of an issued chain: I1 to I17. Four seconds of life, one use of grace. */
class IssuedExplorationTest {
  private static final long HOUR = 3_600_000;

  private static ChainPolicyBuilder screen() {
    return ChainPolicy.builder("qr", Duration.ofSeconds(4))
        .renewAhead(Duration.ofSeconds(1))
        .scanOverlap(Duration.ofSeconds(1))
        .grace(Duration.ofSeconds(2), 1);
  }

  /** Ends absolutely and when idle. */
  private static IssuedWorld mortal() {
    ChainPolicy rules =
        screen().absoluteLife(Duration.ofSeconds(12)).idleTimeout(Duration.ofSeconds(6)).build();
    return new IssuedWorld(rules, List.of(1_000L, 3_000L), false);
  }

  private static IssuedWorld clocks() {
    return new IssuedWorld(screen().build(), List.of(1_000L, 3_000L, -2_000L, HOUR, -HOUR), false);
  }

  /** Suspends on reuse; its overlap ends before the token that was rotated out would. */
  private static IssuedWorld suspicious() {
    ChainPolicy rules =
        screen().scanOverlap(Duration.ofMillis(500)).reuse(ReusePolicy.suspendAfter(2)).build();
    return new IssuedWorld(rules, List.of(500L, 3_000L), true);
  }

  private static IssuedWorld family() {
    ChainPolicy rules =
        ChainPolicy.builder("family", Duration.ofSeconds(6))
            .actorRule(ActorRule.SELF)
            .idleTimeout(Duration.ofSeconds(6))
            .absoluteLife(Duration.ofHours(5))
            .grace(Duration.ofSeconds(2), 1)
            .reuse(ReusePolicy.revoke())
            .build();
    return new IssuedWorld(rules, List.of(1_000L, 3_000L, -2_000L, HOUR, -HOUR), true);
  }

  @Test
  void codeThatEnds_keepsItsLaws() {
    explore(mortal(), 6, 30_000);
  }

  @Test
  void codeUnderClocksNearAndFar_keepsItsLaws() {
    explore(clocks(), 6, 150_000);
  }

  @Test
  void codeThatSuspendsOnReuse_keepsItsLaws() {
    explore(suspicious(), 6, 40_000);
  }

  @Test
  void family_keepsItsLaws() {
    explore(family(), 6, 90_000);
  }

  @Tag("slow")
  @Test
  void deepHistoriesOfACodeThatEnds_keepTheLaws() {
    explore(mortal(), 8, 500_000);
  }

  @Tag("slow")
  @Test
  void deepHistoriesUnderClocksNearAndFar_keepTheLaws() {
    explore(clocks(), 7, 900_000);
  }

  @Tag("slow")
  @Test
  void deepHistoriesOfACodeThatSuspendsOnReuse_keepTheLaws() {
    explore(suspicious(), 8, 800_000);
  }

  @Tag("slow")
  @Test
  void deepHistoriesOfAFamily_keepTheLaws() {
    explore(family(), 7, 400_000);
  }

  private static void explore(IssuedWorld world, int depth, int atLeast) {
    Explorer found = Explorer.explore(world, world.start(), depth);
    assertThat(found.states()).as(found.toString()).isGreaterThan(atLeast);
  }
}
