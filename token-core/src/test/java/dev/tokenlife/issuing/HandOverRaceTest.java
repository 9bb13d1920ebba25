package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static dev.tokenlife.issuing.Stage.accepted;
import static dev.tokenlife.issuing.Stage.live;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Chains;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.Presenter;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.IntrudedStore;
import dev.tokenlife.testing.Race;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Scanners against scanners. */
final class HandOverRaceTest {
  private final Stage stage = Stage.contended();

  @RepeatedTest(20)
  void doubleScan_of64_hasOneWinner_and63CleanRefusals() {
    ChainKey key = stage.open("ENTRY");
    String token = stage.token(key, "ann");
    List<HandOverResult> results =
        Race.of(64, number -> stage.chains.handOver(ROOM, token, "s" + number));
    assertThat(results)
        .filteredOn(HandOverResult.Accepted.class::isInstance)
        .singleElement()
        .satisfies(
            winner ->
                assertThat(accepted(winner).token())
                    .isEqualTo(live(stage.chains.poll(key, holder(key))).token()));
    assertThat(results)
        .filteredOn(HandOverResult.Refused.class::isInstance)
        .hasSize(63)
        .containsOnly(new HandOverResult.Refused(Refusal.ALREADY_CONSUMED));
    assertThat(stage.row(key).seq()).isEqualTo(1);
    Lineage.check(stage, key);
  }

  @Test
  void doubleScan_betweenTheOthersReadAndWrite_hasOneWinner() {
    ChainKey key = stage.open("ENTRY");
    String token = stage.token(key, "ann");
    TokenStore raced =
        IntrudedStore.beforeCall(
            stage.store, 2, () -> accepted(stage.chains.handOver(ROOM, token, "rex")));
    try (Chains other = stage.node(raced).build()) {
      assertThat(other.handOver(ROOM, token, "bob"))
          .isEqualTo(new HandOverResult.Refused(Refusal.ALREADY_CONSUMED));
    }
    assertThat(holder(key)).isEqualTo("rex");
    assertThat(stage.row(key).seq()).isEqualTo(1);
    Lineage.check(stage, key);
  }

  @RepeatedTest(20)
  void losersOfAnHonestRace_areNotTakenForThieves_ifTheyAllBeganBeforeTheWinnerWasDone() {
    ChainKey key = stage.open("ENTRY");
    String token = stage.token(key, "ann");
    Presenter bob = new Presenter("bob", "request-1", null);
    List<HandOverResult> results = Race.of(3, number -> stage.chains.handOver(ROOM, token, bob));
    LiveToken bobs = live(stage.chains.poll(key, "bob"));
    assertThat(results)
        .allSatisfy(result -> assertThat(accepted(result).token()).isEqualTo(bobs.token()));
    assertThat(results)
        .filteredOn(result -> !((HandOverResult.Accepted) result).repeat())
        .as("one of them did it")
        .hasSize(1);
    assertThat(stage.row(key).generation()).as("never two successors").isEqualTo(2);
  }

  @RepeatedTest(20)
  void onceEach_holdsWhenOnePersonScansManyChainsAtOnce() {
    List<ChainKey> keys = Race.of(8, number -> stage.chains.open(ROOM, "ONCE", "s" + number));
    List<String> tokens = Race.of(8, number -> stage.token(keys.get(number), "s" + number));
    List<HandOverResult> results =
        Race.of(8, number -> stage.chains.handOver(ROOM, tokens.get(number), "bob"));
    assertThat(results).filteredOn(HandOverResult.Accepted.class::isInstance).hasSize(1);
    assertThat(results)
        .filteredOn(HandOverResult.Refused.class::isInstance)
        .containsOnly(new HandOverResult.Refused(Refusal.NOT_ELIGIBLE));
    assertThat(stage.chains.pollHolder(ROOM, "bob")).hasSize(1);
    keys.forEach(key -> Lineage.check(stage, key));
  }

  @Test
  void onceEach_countsEarlierHolders_andOtherRoomsDoNot() {
    ChainKey first = stage.open("ONCE");
    ChainKey second = stage.chains.open(ROOM, "ONCE", "carl");
    accepted(stage.chains.handOver(ROOM, stage.token(first, "ann"), "bob"));
    assertThat(stage.chains.handOver(ROOM, stage.token(second, "carl"), "ann"))
        .as("Ann held one before")
        .isEqualTo(new HandOverResult.Refused(Refusal.NOT_ELIGIBLE));
    ChainKey elsewhere = stage.chains.open("session-8", "ONCE", "carl");
    accepted(stage.chains.handOver("session-8", stage.token(elsewhere, "carl"), "ann"));
  }

  @RepeatedTest(5)
  void longRelay_ofManyThreads_keepsEveryLaw() {
    ChainKey key = stage.open("SCREEN");
    List<Integer> taken =
        Race.of(
            8,
            number -> {
              int mine = 0;
              for (int turn = 0; turn < 50; turn++) {
                if (stage.chains.poll(key, holder(key)) instanceof PollResult.Live shown
                    && stage.chains.handOver(
                            ROOM, shown.token().token().reveal(), "s" + number + "-" + turn)
                        instanceof HandOverResult.Accepted) {
                  mine++;
                }
              }
              return mine;
            });
    long sum = taken.stream().mapToLong(Integer::longValue).sum();
    assertThat(stage.row(key).seq()).as("one hand-over each").isEqualTo(sum);
    Lineage.check(stage, key);
  }

  private String holder(ChainKey key) {
    return "" + stage.row(key).position().holder();
  }
}
