package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static dev.tokenlife.issuing.Stage.accepted;
import static dev.tokenlife.issuing.Stage.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.tokenlife.Chains;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.EffectQueue;
import dev.tokenlife.spi.HandOverLog;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.testing.FaultyStore;
import dev.tokenlife.testing.ProcessKilled;
import dev.tokenlife.testing.Race;
import dev.tokenlife.testing.StoreCall;
import dev.tokenlife.testing.StoreFault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a hand-over leaves for the application: once it happened, and only then. */
final class EffectTest {
  private final Stage stage = new Stage();
  private final EffectQueue queue = stage.chains.effects();

  @Test
  void effectBeforeConsumption_isImpossible_forARefusedScanLeavesNone() {
    ChainKey key = stage.open("CODED");
    String token = stage.token(key, "ann");
    for (String text : List.of(token, "garbage")) {
      for (String actor : List.of("ann", "bob")) {
        assertThat(Said.of(stage.chains.handOver(ROOM, text, actor))).isEqualTo(Said.REFUSED);
      }
    }
    ChainKey plain = stage.open("ENTRY");
    String expired = stage.token(plain, "ann");
    stage.pass(Stage.TTL);
    assertThat(Said.of(stage.chains.handOver(ROOM, expired, "bob"))).isEqualTo(Said.REFUSED);
    stage.chains.close(plain, null);
    assertThat(queue.read(ROOM, 10)).isEmpty();
  }

  @Test
  void handOver_leavesOneEffect_thatSaysWhoGaveItToWhomAndWhen() {
    ChainKey key = stage.open("ENTRY");
    String token = stage.token(key, "ann");
    accepted(stage.chains.handOver(ROOM, token, "bob"));
    accepted(stage.chains.handOver(ROOM, token, "bob"));
    stage.chains.reassign(key, "carl", "request-1");
    stage.chains.reassign(key, "carl", "request-1");
    long now = stage.time.wallMillis();
    assertThat(queue.read(ROOM, 10))
        .containsExactlyInAnyOrder(
            new Effect(key, 1, "ENTRY", "ann", "bob", now, false),
            new Effect(key, 2, "ENTRY", "bob", "carl", now, true));
    assertThat(queue.read("session-8", 10)).isEmpty();
  }

  @Test
  void effect_isReadUntilItIsAcknowledged_andNeverAfter() {
    ChainKey key = stage.open("ENTRY");
    accepted(stage.chains.handOver(ROOM, stage.token(key, "ann"), "bob"));
    Effect effect = queue.read(ROOM, 10).get(0);
    assertThat(queue.read(ROOM, 10)).containsExactly(effect);
    queue.acknowledge(effect);
    queue.acknowledge(effect);
    assertThat(queue.read(ROOM, 10)).isEmpty();
  }

  @Test
  void consumerThatCrashes_beforeOrAfterItIsDone_isGivenTheEffectAgain_andAppliesItOnce() {
    for (StoreFault fault : StoreFault.values()) {
      Stage theirs = new Stage();
      ChainKey key = theirs.open("ENTRY");
      accepted(theirs.chains.handOver(ROOM, theirs.token(key, "ann"), "bob"));
      FaultyStore faulty = FaultyStore.around(theirs.store);
      Set<Long> applied = new HashSet<>();
      List<Long> given = new ArrayList<>();
      Consumer<Effect> consumer =
          effect -> {
            given.add(effect.seq());
            applied.add(effect.seq());
          };
      faulty.breakNext(StoreCall.ACKNOWLEDGE, fault);
      assertThatThrownBy(() -> faulty.effects().deliver(ROOM, consumer))
          .isInstanceOfAny(StoreException.class, ProcessKilled.class);
      faulty.heal();
      faulty.effects().deliver(ROOM, consumer);
      boolean gone = fault == StoreFault.ANSWER_LOST || fault == StoreFault.KILLED_AFTER;
      assertThat(given).as("%s", fault).hasSize(gone ? 1 : 2);
      assertThat(applied).as("%s", fault).containsExactly(1L);
      assertThat(theirs.store.effects().read(ROOM, 10)).isEmpty();
    }
  }

  @Test
  void consumerThatFails_keepsItsEffect_andHoldsUpNoOther() {
    for (int i = 0; i < 250; i++) {
      ChainKey key = stage.chains.open(ROOM, "ENTRY", "s" + i);
      accepted(stage.chains.handOver(ROOM, stage.token(key, "s" + i), i < 120 ? "bad" : "good"));
    }
    List<Effect> good = new ArrayList<>();
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                queue.deliver(
                    ROOM,
                    effect -> {
                      if (effect.to().equals("bad")) {
                        throw new IllegalStateException("no room for " + effect.from());
                      }
                      good.add(effect);
                    }))
        .withMessageContaining("no room");
    assertThat(good).hasSize(130).doesNotHaveDuplicates();
    assertThat(queue.deliver(ROOM, effect -> assertThat(effect.to()).isEqualTo("bad")))
        .isEqualTo(120);
    assertThat(queue.deliver(ROOM, effect -> fail("nothing is left"))).isZero();
  }

  @Test
  void history_saysWhoGaveItToWhomAndWhen_andNoSecret() {
    ChainKey key = stage.open("ENTRY");
    HandOverLog log = HandOverLog.recent(10, 10);
    String holder = "ann";
    List<String> secrets = new ArrayList<>();
    for (String next : List.of("bob", "carl", "dora")) {
      secrets.add(stage.token(key, holder));
      accepted(stage.chains.handOver(ROOM, secrets.get(secrets.size() - 1), next));
      stage.pass(Stage.TTL);
      assertThat(queue.deliver(ROOM, log)).isEqualTo(1);
      holder = next;
    }
    assertThat(log.of(key)).extracting(Effect::from).containsExactly("ann", "bob", "carl");
    assertThat(log.of(key)).extracting(Effect::to).containsExactly("bob", "carl", "dora");
    assertThat(log.of(key)).extracting(Effect::at).isSorted().doesNotHaveDuplicates();
    assertThat(log.of(key).toString()).doesNotContain(secrets);
  }

  @Test
  void withoutAReader_noEffectIsLeft_andAskingForThemSaysHowToTurnThemOn() {
    ChainPolicy silent = ChainPolicy.builder("silent", Stage.TTL).build();
    Chains unread =
        Chains.builder()
            .store(stage.store)
            .keys(stage.ring)
            .time(stage.time)
            .type("SILENT", silent)
            .build();
    ChainKey key = unread.open(ROOM, "SILENT", "ann");
    accepted(unread.handOver(ROOM, live(unread.poll(key, "ann")).token().reveal(), "bob"));
    assertThat(stage.store.effects().read(ROOM, 10)).isEmpty();
    assertThatIllegalStateException()
        .isThrownBy(unread::effects)
        .withMessageContaining(".effects(true)");
  }

  @Test
  void effects_surviveTheEndOfTheirChain() {
    ChainKey key = stage.open("ENTRY");
    accepted(stage.chains.handOver(ROOM, stage.token(key, "ann"), "bob"));
    stage.chains.close(key, null);
    assertThat(queue.read(ROOM, 10)).hasSize(1);
  }

  @Test
  void idempotentConsumers_atOnce_applyEachEffectOnce() {
    for (int i = 0; i < 30; i++) {
      ChainKey key = stage.chains.open(ROOM, "ENTRY", "s" + i);
      accepted(stage.chains.handOver(ROOM, stage.token(key, "s" + i), "bob"));
    }
    Set<String> present = new HashSet<>();
    List<Integer> applied =
        Race.of(
            4,
            number -> {
              int mine = 0;
              List<Effect> some = queue.read(ROOM, 7);
              while (!some.isEmpty()) {
                for (Effect effect : some) {
                  synchronized (present) {
                    mine += present.add(effect.chain().id() + effect.seq()) ? 1 : 0;
                  }
                  queue.acknowledge(effect);
                }
                some = queue.read(ROOM, 7);
              }
              return mine;
            });
    assertThat(applied.stream().mapToInt(Integer::intValue).sum()).isEqualTo(30);
    assertThat(present).hasSize(30);
  }
}
