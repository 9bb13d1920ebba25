package dev.tokenlife.scheduler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An upstream that can take 1.05 times what is wanted of it, simulated by the millisecond: callers
 * and planned refreshes arrive at random, planned ones also in bursts, as after a mass issue.
 */
class CapacityTest {
  private static final int PERMITS = 21;
  private static final int CALL_MILLIS = 100;

  /** 210 calls a second are possible, 200 are wanted. */
  private static final double WANTED_PER_MILLI = 0.2;

  private static final int TENANTS = 10;
  private static final int LENGTH = 5 * 60_000;

  private final RefreshQueue queue = new RefreshQueue(1_000_000, PERMITS, 4);
  private final Deque<Call> running = new ArrayDeque<>();
  private final SplittableRandom random = new SplittableRandom(5);
  private final Map<String, Integer> served = new HashMap<>();
  private double owed;
  private int number;
  private int late;
  private int done;
  private long longestCaller;

  private record Call(Job job, long endsAt) {}

  private final Map<ChainKey, Long> latestStarts = new HashMap<>();

  /** The share of callers, how many planned ones come at a time, how long their tokens last. */
  @ParameterizedTest
  @CsvSource({
    "0.0, 1, 20000",
    "0.2, 1, 20000",
    "0.5, 1, 20000",
    "0.8, 1, 20000",
    "0.95, 1, 20000",
    "0.0, 2000, 60000",
    "0.5, 1000, 60000",
    "0.9, 500, 60000"
  })
  void noPlannedRefreshIsStartedTooLate_whateverTheMix(double callers, int burst, long life) {
    for (long now = 0; now < LENGTH; now++) {
      finish(now);
      arrive(now, callers, burst, life);
      start(now);
    }
    assertThat(late).as("started too late, of %s", done).isZero();
    assertThat(done).isGreaterThan((int) (LENGTH * WANTED_PER_MILLI * 0.9));
    assertThat(LaneTest.jain(served)).as("%s", served).isGreaterThanOrEqualTo(0.95);
    assertThat(longestCaller).isLessThan(10_000);
  }

  private void arrive(long now, double callers, int burst, long life) {
    if (random.nextDouble() < WANTED_PER_MILLI * callers) {
      offer(now, Urgency.BLOCKED, Long.MAX_VALUE);
    }
    owed += WANTED_PER_MILLI * (1 - callers) * (burst == 1 ? 2 * random.nextDouble() : 1);
    if (owed >= burst) {
      owed -= burst;
      for (int i = 0; i < burst; i++) {
        offer(now, i % 2 == 0 ? Urgency.AHEAD : Urgency.IDLE, now + life);
      }
    }
  }

  private void offer(long now, Urgency urgency, long latestStart) {
    ChainKey key = ChainKey.of("tenant-" + number % TENANTS, "c" + number++);
    latestStarts.put(key, latestStart);
    assertThat(queue.offer(new Job(key, "up", now, urgency, latestStart)))
        .isInstanceOf(Offer.Queued.class);
  }

  private void start(long now) {
    for (Job job = take(now); job != null; job = take(now)) {
      long latest = Objects.requireNonNull(latestStarts.remove(job.key()));
      late += now > latest ? 1 : 0;
      if (job.urgency() == Urgency.BLOCKED) {
        longestCaller = Math.max(longestCaller, now - job.enqueuedAt());
      }
      served.merge(job.tenant(), 1, Integer::sum);
      running.addLast(new Call(job, now + CALL_MILLIS));
    }
  }

  private @Nullable Job take(long now) {
    return queue.take(now, now * 1_000_000, upstream -> 0);
  }

  private void finish(long now) {
    while (!running.isEmpty() && running.getFirst().endsAt() <= now) {
      queue.ended(running.removeFirst().job());
      done++;
    }
  }
}
