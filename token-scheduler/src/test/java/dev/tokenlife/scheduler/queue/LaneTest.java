package dev.tokenlife.scheduler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Tenants take turns; whose number has come goes first. */
class LaneTest {
  private static final long NOW = 1_000_000;

  private final Lane lane = new Lane();

  static Job job(String tenant, int number, Urgency urgency, long latestStart) {
    return new Job(ChainKey.of(tenant, "c" + number), "up", NOW, urgency, latestStart);
  }

  @Test
  void tenantsOfVeryDifferentSizes_areServedEqually() {
    int tenants = 20;
    for (int t = 0; t < tenants; t++) {
      for (int i = 0; i < 50 * (t + 1); i++) {
        lane.add(job("tenant-" + t, i, Urgency.IDLE, Long.MAX_VALUE));
      }
    }
    Map<String, Integer> served = new HashMap<>();
    for (int i = 0; i < tenants * 40; i++) {
      served.merge(Objects.requireNonNull(lane.take(NOW)).tenant(), 1, Integer::sum);
    }
    assertThat(served).hasSize(tenants);
    assertThat(jain(served)).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void newcomer_doesNotWaitBehindACrowd() {
    for (int i = 0; i < 10_000; i++) {
      lane.add(job("crowd", i, Urgency.AHEAD, Long.MAX_VALUE));
    }
    lane.add(job("small", 0, Urgency.AHEAD, Long.MAX_VALUE));
    boolean small = false;
    for (int i = 0; i < 2; i++) {
      small |= Objects.requireNonNull(lane.take(NOW)).tenant().equals("small");
    }
    assertThat(small).isTrue();
  }

  @Test
  void jobWhoseNumberHasCome_goesFirst_whosoeverItIs() {
    for (int i = 0; i < 100; i++) {
      lane.add(job("t" + i % 10, i, Urgency.AHEAD, Long.MAX_VALUE));
    }
    Job late = job("t3", 1_000, Urgency.IDLE, NOW - 1);
    lane.add(late);
    assertThat(lane.take(NOW)).isSameAs(late);
  }

  @Test
  void withinATenant_theMostUrgentIsFirst() {
    Job idle = job("t", 1, Urgency.IDLE, Long.MAX_VALUE);
    Job ahead = job("t", 2, Urgency.AHEAD, Long.MAX_VALUE);
    Job soon = job("t", 3, Urgency.IDLE, NOW + 500);
    lane.add(idle);
    lane.add(ahead);
    lane.add(soon);
    assertThat(lane.leastUrgent()).isSameAs(idle);
    assertThat(lane.take(NOW)).isSameAs(soon);
    assertThat(lane.take(NOW)).isSameAs(ahead);
    lane.remove(idle);
    assertThat(lane.size()).isZero();
    assertThat(lane.take(NOW)).isNull();
    assertThat(lane.leastUrgent()).isNull();
  }

  /** Jain's index: 1 if all are served alike, 1/n if one gets everything. */
  static double jain(Map<String, Integer> served) {
    double sum = served.values().stream().mapToDouble(n -> n).sum();
    double squares = served.values().stream().mapToDouble(n -> (double) n * n).sum();
    return sum * sum / (served.size() * squares);
  }
}
