package dev.tokenlife.scheduler.queue;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.scheduler.timer.TimerBenchmark.Processor;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an operation of the queue costs while a million refreshes wait, of 3 upstreams with 100
 * tenants each. The peer is the queue of the JDK under a lock, ordered by the same number, without
 * fairness, one entry per chain or moving.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8)
@Measurement(iterations = 12)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms3g", "-Xmx3g", "-XX:+AlwaysPreTouch"})
public class QueueBenchmark {
  static final int OPERATIONS = 100_000;
  private static final long NOW = 1_900_000_000_000L;

  /** Which queue. */
  @Param({"jdk", "refresh"})
  public String peer = "";

  /** How many wait. */
  @Param("1000000")
  public int deep;

  private final SplittableRandom random = new SplittableRandom(1);
  private final Job[] next = new Job[OPERATIONS];
  private final Job[] waiting = new Job[OPERATIONS];
  private QueuePeer queue = QueuePeer.create("refresh", 1);
  private int number;

  /** Fills it anew, so that each measurement finds the same depth. */
  @Setup(Level.Iteration)
  public void fill() {
    queue = QueuePeer.create(peer, deep + 2 * OPERATIONS);
    for (int i = 0; i < deep; i++) {
      Job job = job(Urgency.AHEAD);
      queue.offer(job);
      // Those to be promoted lie anywhere in the queue.
      int place = i < OPERATIONS ? i : random.nextInt(i + 1);
      if (place < OPERATIONS) {
        waiting[place] = job;
      }
    }
    for (int i = 0; i < OPERATIONS; i++) {
      next[i] = job(Urgency.AHEAD);
    }
  }

  /** A refresh falls due. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void enqueue(Processor processor) {
    for (Job job : next) {
      queue.offer(job);
    }
  }

  /** A caller comes for a chain that waits already. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void promote(Processor processor) {
    for (Job job : waiting) {
      queue.promote(job);
    }
  }

  /** A permit is free, and given back. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void dequeue(Processor processor) {
    for (int i = 0; i < OPERATIONS; i++) {
      queue.ended(Objects.requireNonNull(queue.take(NOW)));
    }
  }

  private Job job(Urgency urgency) {
    int id = number++;
    ChainKey key = ChainKey.of("tenant-" + id % 100, "user-" + id);
    long latest = NOW + random.nextInt(3_600_000);
    return new Job(key, "upstream-" + id % 3, NOW - random.nextInt(60_000), urgency, latest);
  }
}
