package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static dev.tokenlife.issuing.Stage.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.EffectQueue;
import dev.tokenlife.testing.Race;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
