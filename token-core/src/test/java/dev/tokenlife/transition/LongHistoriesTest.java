package dev.tokenlife.transition;

import dev.tokenlife.model.ActorRule;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainPolicyBuilder;
import dev.tokenlife.model.ReusePolicy;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Long random histories of two processes whose clocks differ, and who race: both decide on the same
 * row, and the one whose write is refused decides again. Held against the same models as the short
 * ones.
 */
class LongHistoriesTest {
  /** One step: who acts, how long after the step before, what, and what races with it. */
  record Choice(boolean second, int pause, int move, int racing) {}

  @Provide
  Arbitrary<List<Choice>> histories() {
    Arbitrary<Choice> choice =
        Arbitraries.integers()
            .between(0, Integer.MAX_VALUE)
            .list()
            .ofSize(4)
            .map(
                n ->
                    new Choice(
                        n.get(0) % 2 == 1,
                        n.get(1) % 3 == 0 ? n.get(1) % 1_500 : 0,
                        n.get(2),
                        n.get(3) % 3 == 0 ? n.get(3) : -1));
    return choice.list().ofMinSize(50).ofMaxSize(200);
  }

  /** How far the second process is ahead or behind: not at all, a little, far. */
  @Provide
  Arbitrary<Long> skews() {
    return Arbitraries.of(
        0L, 700L, -700L, 4_000L, -4_000L, 5_001L, -5_001L, 3_600_000L, -3_600_000L);
  }

  private static ChainPolicyBuilder screen() {
    return ChainPolicy.builder("qr", Duration.ofSeconds(4))
        .renewAhead(Duration.ofSeconds(1))
        .scanOverlap(Duration.ofSeconds(1))
        .grace(Duration.ofSeconds(2), 2);
  }

  @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
  void code_keepsItsLaws(@ForAll("histories") List<Choice> history, @ForAll("skews") long skew) {
    new Wanderer(screen().build(), skew).wander(history);
  }

  @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
  void codeThatSuspendsOnReuse_keepsItsLaws(
      @ForAll("histories") List<Choice> history, @ForAll("skews") long skew) {
    new Wanderer(screen().reuse(ReusePolicy.suspendAfter(3)).build(), skew).wander(history);
  }

  @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
  void family_keepsItsLaws(@ForAll("histories") List<Choice> history, @ForAll("skews") long skew) {
    ChainPolicy rules =
        ChainPolicy.builder("family", Duration.ofSeconds(20))
            .actorRule(ActorRule.SELF)
            .idleTimeout(Duration.ofSeconds(20))
            .grace(Duration.ofSeconds(2), 2)
            .reuse(ReusePolicy.revoke())
            .build();
    new Wanderer(rules, skew).wander(history);
  }

  @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
  void fetchedChain_keepsItsLaws(
      @ForAll("histories") List<Choice> history, @ForAll("skews") long skew) {
    FetchedWorld world = new FetchedWorld(List.of());
    FetchedWorld.State state = world.start();
    long wall = state.clock();
    for (Choice choice : history) {
      wall += choice.pause();
      FetchedWorld.State here = state.at(choice.second() ? wall + skew : wall);
      List<FetchedWorld.Move> moves = world.commands(here);
      state = world.after(here, moves.get(choice.move() % moves.size()));
    }
  }

  @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
  void challengedChain_keepsItsLaws(@ForAll("histories") List<Choice> history) {
    ChallengeWorld world = ChallengeWorld.small();
    ChallengeWorld.State state = world.start();
    for (Choice choice : history) {
      List<ChallengeWorld.Move> moves = world.moves(state);
      state = world.after(state, moves.get(choice.move() % moves.size()));
    }
  }
}
