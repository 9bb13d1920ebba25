package dev.tokenlife.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainPolicy;
import java.util.List;
import java.util.Set;

/** Takes one long way through {@link IssuedWorld}, with races, opening a new chain after an end. */
final class Wanderer {
  /** Older tokens than these few teach nothing new. */
  private static final int REMEMBERED = 4;

  private final IssuedWorld world;
  private final long skew;
  private IssuedWorld.State state;
  private long wall = ChainFixture.START;

  Wanderer(ChainPolicy rules, long skew) {
    this.world = new IssuedWorld(rules, List.of(), true);
    this.skew = skew;
    this.state = world.start();
  }

  void wander(List<LongHistoriesTest.Choice> history) {
    for (LongHistoriesTest.Choice choice : history) {
      wall += choice.pause();
      long clock = choice.second() ? wall + skew : wall;
      if (state.row().state().isFinal()) {
        state = world.start(wall);
      }
      IssuedWorld.State here = state.at(clock);
      List<IssuedWorld.Move> moves = moves(true);
      IssuedWorld.Move move = moves.get(choice.move() % moves.size());
      state = world.after(here, move);
      if (choice.racing() >= 0) {
        race(here, moves.get(choice.racing() % moves.size()), choice);
      }
    }
  }

  /** The other process has decided on the row as it was, and writes only now. */
  private void race(
      IssuedWorld.State before, IssuedWorld.Move move, LongHistoriesTest.Choice choice) {
    IssuedWorld.State other = before.at(choice.second() ? wall : wall + skew);
    IssuedWorld.State alone = world.after(other, move);
    boolean wouldWrite = !alone.row().equals(before.row());
    boolean refused = !state.row().equals(before.row());
    if (!wouldWrite) {
      return;
    }
    if (!refused) {
      state = alone;
      return;
    }
    IssuedWorld.Move again =
        moves(before, false).stream()
            .filter(same -> same.name().equals(move.name()))
            .findFirst()
            .orElseThrow();
    assertThat(again.first()).isFalse();
    state = world.after(state.at(other.clock()), again);
  }

  private List<IssuedWorld.Move> moves(boolean first) {
    return moves(state, first);
  }

  private List<IssuedWorld.Move> moves(IssuedWorld.State at, boolean first) {
    int oldest = at.model().tokens().size() - REMEMBERED;
    Set<String> ends = Set.of("CLOSED", "REVOKED");
    return world.commands(at, first).stream()
        .filter(move -> move.presented() == 0 || move.presented() > oldest)
        .filter(move -> !ends.contains(move.name()) || wall % 5 == 0)
        .toList();
  }
}
