package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static dev.tokenlife.issuing.Stage.TTL;
import static dev.tokenlife.issuing.Stage.accepted;
import static dev.tokenlife.issuing.Stage.given;
import static dev.tokenlife.issuing.Stage.live;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Chains;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.OpenRequest;
import dev.tokenlife.testing.CountingStore;
import dev.tokenlife.testing.ForbiddenExecutor;
import dev.tokenlife.testing.StoreCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each call asks of the store. The table of docs/issuing.md is this one. */
final class CostTest {
  private static final Map<StoreCall, Long> ONE_READ = Map.of(StoreCall.FIND, 1L);
  private static final Map<StoreCall, Long> READ_AND_WRITE =
      Map.of(StoreCall.FIND, 1L, StoreCall.REPLACE, 1L);

  private final Stage stage = new Stage();
  private final CountingStore counting = CountingStore.around(stage.store);
  private final ForbiddenExecutor forbidden = new ForbiddenExecutor();
  private final Chains chains = stage.node(counting).executor(forbidden).build();

  @Test
  void pollOfALiveToken_isOneRead_andOfADueOne_oneReadAndOneWrite() {
    ChainKey key = stage.open("ENTRY");
    assertThat(cost(() -> live(chains.poll(key, "ann")))).isEqualTo(ONE_READ);
    assertThat(cost(() -> chains.poll(key, "mallory"))).isEqualTo(ONE_READ);
    stage.pass(TTL);
    assertThat(cost(() -> live(chains.poll(key, "ann")))).isEqualTo(READ_AND_WRITE);
  }

  @Test
  void handOver_isOneReadAndOneWrite_andARefusalOneReadAtMost() {
    ChainKey key = stage.open("ENTRY");
    String token = stage.token(key, "ann");
    assertThat(cost(() -> chains.handOver(ROOM, token, "ann"))).isEqualTo(ONE_READ);
    assertThat(cost(() -> accepted(chains.handOver(ROOM, token, "bob")))).isEqualTo(READ_AND_WRITE);
    assertThat(cost(() -> accepted(chains.handOver(ROOM, token, "bob"))))
        .as("a repeat is counted in the row")
        .isEqualTo(READ_AND_WRITE);
    assertThat(cost(() -> chains.handOver(ROOM, token, "carl"))).isEqualTo(ONE_READ);
    assertThat(cost(() -> chains.handOver(ROOM, "garbage", "carl"))).isEmpty();
  }

  @Test
  void challenge_isOneReadAndOneWrite_aWrongAnswerToo_andARightOneWriteMore() {
    ChainKey key = stage.open("CODED");
    String token = stage.token(key, "ann");
    List<String> id = new ArrayList<>();
    assertThat(cost(() -> id.add(given(chains.challenge(ROOM, token, "bob")).challengeId())))
        .isEqualTo(READ_AND_WRITE);
    String code = stage.code(key, "ann", "bob");
    String wrong = code.equals("000000") ? "000001" : "000000";
    assertThat(cost(() -> chains.answer(key, id.get(0), wrong, "bob"))).isEqualTo(READ_AND_WRITE);
    assertThat(cost(() -> accepted(chains.answer(key, id.get(0), code, "bob"))))
        .isEqualTo(Map.of(StoreCall.FIND, 1L, StoreCall.REPLACE, 2L));
  }

  @Test
  void administration_isOneReadAndOneWrite_andARepeatOneRead() {
    ChainKey key = stage.open("ENTRY");
    assertThat(cost(() -> chains.suspend(key))).isEqualTo(READ_AND_WRITE);
    assertThat(cost(() -> chains.suspend(key))).isEqualTo(ONE_READ);
    assertThat(cost(() -> chains.resume(key))).isEqualTo(READ_AND_WRITE);
    assertThat(cost(() -> chains.reassign(key, "bob"))).isEqualTo(READ_AND_WRITE);
    assertThat(cost(() -> chains.find(key))).isEqualTo(ONE_READ);
    assertThat(cost(() -> chains.close(key, null))).isEqualTo(READ_AND_WRITE);
    assertThat(cost(() -> chains.revoke(key, null))).isEqualTo(ONE_READ);
  }

  @Test
  void opening_isOneInsert_andManyAreOneBatch() {
    assertThat(cost(() -> chains.open(ROOM, "ENTRY", "ann")))
        .isEqualTo(Map.of(StoreCall.INSERT, 1L));
    List<OpenRequest> many =
        List.of(OpenRequest.of(ROOM, "ENTRY", "ann"), OpenRequest.of(ROOM, "ENTRY", "bob"));
    assertThat(cost(() -> chains.openAll(many))).isEqualTo(Map.of(StoreCall.INSERT_ALL, 1L));
  }

  @Test
  void holdersPoll_isOnePage_andClosingAll_onePageAndTwoPerLiveChain() {
    for (int i = 0; i < 5; i++) {
      stage.open("ENTRY");
    }
    assertThat(cost(() -> assertThat(chains.pollHolder(ROOM, "ann")).hasSize(5)))
        .isEqualTo(Map.of(StoreCall.BY_HOLDER, 1L));
    assertThat(cost(() -> assertThat(chains.closeAll(ROOM, null)).isEqualTo(5)))
        .isEqualTo(Map.of(StoreCall.BY_PARTITION, 1L, StoreCall.FIND, 5L, StoreCall.REPLACE, 5L));
    assertThat(cost(() -> assertThat(chains.closeAll(ROOM, null)).isZero()))
        .isEqualTo(Map.of(StoreCall.BY_PARTITION, 1L));
  }

  @Test
  void after1000Rotations_thereIsOneRow_andAPollCostsWhatTheFirstDid() {
    ChainKey key = stage.open("SCREEN");
    Map<StoreCall, Long> first = rotation(key);
    int size = stage.row(key).toString().length();
    for (int i = 0; i < 1_000; i++) {
      assertThat(rotation(key)).isEqualTo(first);
    }
    ChainRow row = stage.row(key);
    assertThat(row.generation()).isEqualTo(1_002);
    assertThat(row.position().rotationCount()).isEqualTo(1_001);
    assertThat(row.toString().length()).isLessThan(size + 20);
    assertThat(stage.store.listing().byPartition(ROOM, Optional.empty(), 10).items()).hasSize(1);
    assertThat(stage.store.listing().byHolder(ROOM, "ann", Optional.empty(), 10).items())
        .hasSize(1);
    assertThat(stage.store.effects().read(ROOM, 10)).isEmpty();
    assertThat(cost(() -> live(chains.poll(key, "ann")))).isEqualTo(ONE_READ);
  }

  @Test
  void hourWithoutAPoll_changesNothing_andNothingRuns() {
    ChainKey key = stage.open("SCREEN");
    live(chains.poll(key, "ann"));
    ChainRow before = stage.row(key);
    counting.reset();
    stage.pass(Duration.ofHours(1));
    assertThat(counting.total()).isZero();
    assertThat(stage.row(key)).isEqualTo(before);
    assertThat(stage.time.armedTimers()).isZero();
    forbidden.assertUntouched();
    assertThat(chains.find(key).orElseThrow().stalled()).isTrue();
    assertThat(live(chains.poll(key, "ann")).generation()).isEqualTo(2);
  }

  private Map<StoreCall, Long> rotation(ChainKey key) {
    stage.pass(TTL);
    return cost(() -> live(chains.poll(key, "ann")));
  }

  private Map<StoreCall, Long> cost(Runnable action) {
    counting.reset();
    action.run();
    return counting.counts();
  }
}
