package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static dev.tokenlife.issuing.Stage.accepted;
import static dev.tokenlife.issuing.Stage.live;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Chains;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.testing.Race;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two processes over the same rows and keys, each with a clock of its own. */
final class TwoNodesTest {
  private final Stage stage = new Stage();
  private final VirtualTime otherTime = new VirtualTime();
  private final Chains one = stage.chains;
  private final Chains other = stage.node(stage.store).time(otherTime).build();

  @Test
  void tokenOfOneNode_isAcceptedByTheOther() {
    ChainKey key = stage.open("ENTRY");
    LiveToken bobs = accepted(other.handOver(ROOM, stage.token(key, "ann"), "bob"));
    assertThat(live(one.poll(key, "bob")).token()).isEqualTo(bobs.token());
    assertThat(one.poll(key, "ann")).isEqualTo(new PollResult.NotHolder());
  }

  @Test
  void pollsOfBothNodes_afterExpiry_mintOneGeneration() {
    for (int turn = 2; turn < 30; turn++) {
      ChainKey key = stage.named("ENTRY", "door");
      pass(Stage.TTL);
      List<PollResult> results =
          Race.of(10, number -> (number % 2 == 0 ? one : other).poll(key, "ann"));
      assertThat(stage.row(key).generation()).isEqualTo(turn);
      assertThat(results).allSatisfy(r -> assertThat(live(r)).isEqualTo(live(results.get(0))));
    }
  }

  @Test
  void closedByOneNode_isOverForTheOther_atOnce() {
    ChainKey key = stage.open("ENTRY");
    String token = stage.token(key, "ann");
    other.close(key, null);
    assertThat(one.poll(key, "ann")).isEqualTo(new PollResult.Over(Refusal.CHAIN_CLOSED));
    assertThat(one.handOver(ROOM, token, "bob"))
        .isEqualTo(new HandOverResult.Refused(Refusal.CHAIN_CLOSED));
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_600, -6, -5, -1, 0, 1, 5, 6, 3_600})
  void whateverTheOthersClockSays_theHolderHasAWayOn_andNothingOldLives(long seconds) {
    otherTime.stepWall(Duration.ofSeconds(seconds));
    Chains skewed = stage.node(stage.store).time(otherTime).build();
    ChainKey key = stage.open("SCREEN");
    for (int turn = 0; turn < 40; turn++) {
      String holder = "" + stage.row(key).position().holder();
      LiveToken first = live((turn % 2 == 0 ? one : skewed).poll(key, holder));
      LiveToken second = live((turn % 2 == 0 ? skewed : one).poll(key, holder));
      assertThat(second.generation()).isGreaterThanOrEqualTo(first.generation());
      if (turn % 8 == 7) {
        Chains acceptor = turn % 16 == 7 ? one : skewed;
        String shown = live(acceptor.poll(key, holder)).token().reveal();
        accepted(acceptor.handOver(ROOM, shown, "holder-" + turn));
        assertThat(acceptor.handOver(ROOM, first.token().reveal(), "thief"))
            .isInstanceOf(HandOverResult.Refused.class);
      }
      pass(Duration.ofSeconds(7));
    }
    Lineage.check(stage, key);
  }

  @Test
  void rowOfAFastClock_isRefusedAsBusy_andCuredByTheNextPoll() {
    ChainKey key = stage.open("ENTRY");
    otherTime.stepWall(Duration.ofHours(1));
    Chains fast = stage.node(stage.store).time(otherTime).build();
    String ahead = live(fast.poll(key, "ann")).token().reveal();
    assertThat(one.handOver(ROOM, ahead, "bob"))
        .isEqualTo(new HandOverResult.Refused(Refusal.BUSY));
    assertThat(stage.events.events(TokenEvent.Type.CLOCK_SKEW)).isNotEmpty();
    LiveToken cured = live(one.poll(key, "ann"));
    assertThat(cured.expiresAt()).isEqualTo(stage.time.instant().plus(Stage.TTL));
    assertThat(one.handOver(ROOM, ahead, "bob"))
        .isEqualTo(new HandOverResult.Refused(Refusal.SUPERSEDED));
    accepted(one.handOver(ROOM, cured.token().reveal(), "bob"));
  }

  @Test
  void clockThatStepsBack_neverBringsATokenBackToLife() {
    ChainKey key = stage.open("ENTRY");
    String old = stage.token(key, "ann");
    pass(Stage.TTL);
    String current = stage.token(key, "ann");
    stage.time.stepWall(Duration.ofHours(-1));
    assertThat(one.handOver(ROOM, old, "bob"))
        .isEqualTo(new HandOverResult.Refused(Refusal.SUPERSEDED));
    assertThat(stage.token(key, "ann")).isEqualTo(current);
    pass(Stage.TTL);
    assertThat(one.handOver(ROOM, current, "bob"))
        .isEqualTo(new HandOverResult.Refused(Refusal.TOKEN_EXPIRED));
  }

  @Test
  void nodesAnHourApart_racing_neverForkTheChain() {
    otherTime.stepWall(Duration.ofHours(1));
    Chains fast = stage.node(stage.store).time(otherTime).build();
    ChainKey key = stage.open("SCREEN");
    List<Integer> taken = Race.of(6, number -> relay(number % 2 == 0 ? one : fast, key, number));
    ChainRow last = stage.row(key);
    assertThat(last.seq())
        .as("one hand-over each")
        .isEqualTo(taken.stream().mapToLong(Integer::longValue).sum());
    Lineage.check(stage, key);
    WayOn.check(stage, key);
  }

  private int relay(Chains node, ChainKey key, int number) {
    int taken = 0;
    for (int turn = 0; turn < 40; turn++) {
      String holder = "" + stage.row(key).position().holder();
      if (node.poll(key, holder) instanceof PollResult.Live shown
          && node.handOver(ROOM, shown.token().token().reveal(), "s" + number + "-" + turn)
              instanceof HandOverResult.Accepted) {
        taken++;
      }
    }
    return taken;
  }

  private void pass(Duration by) {
    stage.pass(by);
    otherTime.advance(by);
  }
}
