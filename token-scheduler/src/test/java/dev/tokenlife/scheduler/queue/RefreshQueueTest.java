package dev.tokenlife.scheduler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The bounded queue: one job per chain, the most urgent first, fair between upstreams. */
class RefreshQueueTest {
  private static final long NOW = 1_000_000;

  private RefreshQueue queue = new RefreshQueue(1_000, 10, 2);

  private static Job job(String upstream, String id, Urgency urgency) {
    return new Job(ChainKey.of("tenant", id), upstream, NOW, urgency, Long.MAX_VALUE);
  }

  private static long open(String upstream) {
    return 0;
  }

  private @Nullable Job take() {
    return queue.take(NOW, 0, RefreshQueueTest::open);
  }

  @Test
  void oneJobPerChain_andASecondOfferOnlyPromotes() {
    Job first = job("up", "a", Urgency.IDLE);
    assertThat(queue.offer(first)).isInstanceOf(Offer.Queued.class);
    assertThat(queue.offer(job("up", "b", Urgency.AHEAD))).isInstanceOf(Offer.Queued.class);
    assertThat(queue.offer(job("up", "a", Urgency.BLOCKED))).isInstanceOf(Offer.Known.class);
    assertThat(queue.offer(job("up", "a", Urgency.IDLE))).isInstanceOf(Offer.Known.class);
    assertThat(queue.size()).isEqualTo(2);
    assertThat(first.urgency()).isEqualTo(Urgency.BLOCKED);
    assertThat(take()).isSameAs(first);
    assertThat(first.enqueuedAt()).isEqualTo(NOW);
  }

  @Test
  void callersGoBeforeEverythingPlanned() {
    for (int i = 0; i < 100; i++) {
      queue.offer(job("up", "p" + i, Urgency.AHEAD));
    }
    queue.offer(job("up", "caller", Urgency.BLOCKED));
    assertThat(Objects.requireNonNull(take()).key().id()).isEqualTo("caller");
  }

  @Test
  void floodOfCallers_leavesPermitsToPlannedWork() {
    for (int i = 0; i < 100; i++) {
      queue.offer(job("up", "c" + i, Urgency.BLOCKED));
      queue.offer(job("up", "p" + i, Urgency.AHEAD));
    }
    int planned = 0;
    for (Job taken = take(); taken != null; taken = take()) {
      planned += taken.urgency() == Urgency.AHEAD ? 1 : 0;
    }
    assertThat(planned).isEqualTo(2);
    assertThat(queue.size()).isEqualTo(190);
  }

  @Test
  void floodOfPlannedWork_stopsAtThePermits_andEndedGivesThemBack() {
    for (int i = 0; i < 20; i++) {
      queue.offer(job("up", "p" + i, Urgency.AHEAD));
    }
    Job last = null;
    for (int i = 0; i < 10; i++) {
      last = take();
      assertThat(last).isNotNull();
    }
    assertThat(take()).isNull();
    queue.ended(Objects.requireNonNull(last));
    assertThat(take()).isNotNull();
  }

  @Test
  void fullQueue_shedsWhatCanWaitLongest_neverSomethingMoreUrgent() {
    queue = new RefreshQueue(10, 10, 2);
    for (int i = 0; i < 10; i++) {
      queue.offer(job("up", "p" + i, i == 4 ? Urgency.IDLE : Urgency.AHEAD));
    }
    assertThat(queue.offer(job("up", "caller", Urgency.BLOCKED)))
        .isInstanceOfSatisfying(
            Offer.Displaced.class,
            displaced -> assertThat(displaced.shed().urgency()).isEqualTo(Urgency.IDLE));
    assertThat(queue.offer(job("up", "idle", Urgency.IDLE))).isInstanceOf(Offer.Full.class);
    assertThat(queue.size()).isEqualTo(10);
  }

  @Test
  void queueFullOfWaiters_dropsNone() {
    queue = new RefreshQueue(10, 10, 2);
    for (int i = 0; i < 10; i++) {
      queue.offer(job("up", "c" + i, Urgency.BLOCKED));
    }
    assertThat(queue.offer(job("up", "one-more", Urgency.BLOCKED))).isInstanceOf(Offer.Full.class);
  }

  @Test
  void upstreams_takeTurns() {
    queue = new RefreshQueue(100_000, 100_000, 2);
    for (int u = 0; u < 10; u++) {
      for (int i = 0; i < 100 * (u + 1); i++) {
        queue.offer(job("up" + u, u + "-" + i, Urgency.AHEAD));
      }
    }
    Map<String, Integer> served = new HashMap<>();
    for (int i = 0; i < 800; i++) {
      served.merge(Objects.requireNonNull(take()).upstream(), 1, Integer::sum);
    }
    assertThat(served).hasSize(10);
    assertThat(LaneTest.jain(served)).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void callersOfAClosedUpstream_areHandedOut_toBeRefused_butNotForAMoment() {
    queue.offer(job("closed", "planned", Urgency.URGENT));
    queue.offer(job("closed", "caller", Urgency.BLOCKED));
    assertThat(queue.take(NOW, 0, upstream -> 49_000_000)).isNull();
    assertThat(Objects.requireNonNull(queue.take(NOW, 49_000_000, upstream -> 1L << 40)).key().id())
        .isEqualTo("caller");
    assertThat(queue.take(NOW, 49_000_000, upstream -> 1L << 40)).isNull();
    queue.offer(job("closed", "another", Urgency.BLOCKED));
    assertThat(Objects.requireNonNull(queue.take(NOW, 49_000_001, up -> 1L << 40)).key().id())
        .isEqualTo("another");
    assertThat(queue.explain(ChainKey.of("tenant", "planned"), NOW + 5_000, 0))
        .contains("URGENT", "(5 s)", "parked for", "1 waiting");
    assertThat(queue.explain(ChainKey.of("tenant", "nobody"), NOW, 0)).isEmpty();
  }

  @Test
  void closedUpstream_isParked_andTheOthersGoOn() {
    queue.offer(job("closed", "a", Urgency.URGENT));
    queue.offer(job("open", "b", Urgency.IDLE));
    ToLongFunction<String> closed = upstream -> upstream.equals("closed") ? 500 : 0;
    assertThat(Objects.requireNonNull(queue.take(NOW, 0, closed)).upstream()).isEqualTo("open");
    assertThat(queue.take(NOW, 0, closed)).isNull();
    assertThat(queue.opensIn(0)).isEqualTo(500);
    assertThat(queue.opensIn(600)).isEqualTo(1);
    assertThat(queue.status().toString()).contains("parked=true");
    assertThat(queue.take(NOW, 499, RefreshQueueTest::open)).isNull();
    assertThat(Objects.requireNonNull(queue.take(NOW, 500, RefreshQueueTest::open)).upstream())
        .isEqualTo("closed");
    assertThat(queue.opensIn(500)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void removedChain_isGone() {
    Job job = job("up", "a", Urgency.AHEAD);
    queue.offer(job);
    assertThat(queue.remove(job.key())).isTrue();
    assertThat(queue.remove(job.key())).isFalse();
    assertThat(take()).isNull();
  }

  @Test
  void idleUpstreams_areForgotten() {
    for (int i = 0; i < 100; i++) {
      queue.offer(job("up" + i, "c" + i, Urgency.AHEAD));
      queue.ended(Objects.requireNonNull(take()));
    }
    for (int i = 0; i < 100; i++) {
      Job removed = job("gone" + i, "r" + i, Urgency.AHEAD);
      queue.offer(removed);
      queue.remove(removed.key());
    }
    assertThat(queue.status()).containsEntry("queued", 0).containsEntry("upstreams", Map.of());
  }

  @Test
  void depth_isToldPerClass() {
    queue.offer(job("up", "a", Urgency.IDLE));
    queue.offer(job("up", "b", Urgency.BLOCKED));
    assertThat(queue.status())
        .containsEntry("queued", 2)
        .containsEntry("byClass", Map.of(Urgency.IDLE, 1, Urgency.BLOCKED, 1));
  }
}
