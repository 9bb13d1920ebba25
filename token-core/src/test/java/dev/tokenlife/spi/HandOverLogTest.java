package dev.tokenlife.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tokenlife.model.ChainKey;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The history of a chain: whole while it is short, bounded when it is long, the same when told
 * twice.
 */
final class HandOverLogTest {
  private static final ChainKey DOOR = ChainKey.of("session-7", "door");
  private static final ChainKey GATE = ChainKey.of("session-7", "gate");
  private static final ChainKey WALL = ChainKey.of("session-7", "wall");

  private final HandOverLog log = HandOverLog.recent(2, 3);

  @Test
  void history_isInTheOrderOfSeq_howeverItArrives() {
    log.accept(handOver(DOOR, 3));
    log.accept(handOver(DOOR, 1));
    log.accept(handOver(DOOR, 2));
    assertThat(log.of(DOOR))
        .containsExactly(handOver(DOOR, 1), handOver(DOOR, 2), handOver(DOOR, 3));
    assertThat(log.of(GATE)).isEmpty();
  }

  @Test
  void effectToldTwice_isOneHandOver() {
    log.accept(handOver(DOOR, 1));
    log.accept(handOver(DOOR, 1));
    assertThat(log.of(DOOR)).containsExactly(handOver(DOOR, 1));
  }

  @Test
  void longHistory_keepsTheNewest_evenIfAnOldOneComesAgain() {
    LongStream.rangeClosed(1, 100).forEach(seq -> log.accept(handOver(DOOR, seq)));
    log.accept(handOver(DOOR, 7));
    assertThat(log.of(DOOR)).extracting(Effect::seq).containsExactly(98L, 99L, 100L);
  }

  @Test
  void manyChains_keepThoseThatWereWrittenToLast() {
    log.accept(handOver(DOOR, 1));
    log.accept(handOver(GATE, 1));
    log.accept(handOver(DOOR, 2));
    log.accept(handOver(WALL, 1));
    assertThat(log.of(GATE)).isEmpty();
    assertThat(log.of(DOOR)).hasSize(2);
    assertThat(log.of(WALL)).hasSize(1);
  }

  @Test
  void logWithoutRoom_isRefused() {
    for (List<Integer> bounds : List.of(List.of(0, 1), List.of(1, 0))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> HandOverLog.recent(bounds.get(0), bounds.get(1)))
          .withMessageContaining("at least one");
    }
  }

  private static Effect handOver(ChainKey chain, long seq) {
    return new Effect(chain, seq, "ENTRY", "s" + (seq - 1), "s" + seq, 1_000 * seq, false);
  }
}
