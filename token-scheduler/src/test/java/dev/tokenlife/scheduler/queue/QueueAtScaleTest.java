package dev.tokenlife.scheduler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A million planned refreshes wait, and callers come. */
class QueueAtScaleTest {
  private static final int PLANNED = 1_000_000;
  private static final long NOW = 1_000_000;

  @Test
  void hundredCallersOfColdKeys_areTheNextHundred_behindAMillionPlanned() {
    RefreshQueue queue = new RefreshQueue(2 * PLANNED, 1_000, 4);
    for (int i = 0; i < PLANNED; i++) {
      Urgency urgency = i % 3 == 0 ? Urgency.URGENT : Urgency.AHEAD;
      queue.offer(new Job(ChainKey.of("t" + i % 100, "p" + i), "up", NOW, urgency, NOW - 1));
    }
    for (int i = 0; i < 100; i++) {
      queue.offer(
          new Job(ChainKey.of("t" + i, "c" + i), "up", NOW + 1, Urgency.BLOCKED, Long.MAX_VALUE));
    }
    for (int i = 0; i < 100; i++) {
      Job next = Objects.requireNonNull(queue.take(NOW + 2, 0, upstream -> 0));
      assertThat(next.urgency()).as("of job %s", i).isEqualTo(Urgency.BLOCKED);
    }
    assertThat(queue.size()).isEqualTo(PLANNED);
    assertThat(queue.take(NOW + 2, 0, upstream -> 0)).isNotNull();
  }

  @Test
  void hundredPlannedChains_areTheNextHundred_whenTheirCallersCome() {
    RefreshQueue queue = new RefreshQueue(PLANNED, 1_000, 4);
    for (int i = 0; i < PLANNED; i++) {
      queue.offer(new Job(ChainKey.of("t", "p" + i), "up", NOW, Urgency.IDLE, Long.MAX_VALUE));
    }
    for (int i = 0; i < 100; i++) {
      ChainKey key = ChainKey.of("t", "p" + i * 9_999);
      queue.offer(new Job(key, "up", NOW, Urgency.BLOCKED, Long.MAX_VALUE));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(Objects.requireNonNull(queue.take(NOW, 0, upstream -> 0)).urgency())
          .isEqualTo(Urgency.BLOCKED);
    }
    assertThat(queue.size()).isEqualTo(PLANNED - 100);
  }
}
