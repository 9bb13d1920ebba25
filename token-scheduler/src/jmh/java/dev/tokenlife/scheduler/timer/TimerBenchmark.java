package dev.tokenlife.scheduler.timer;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * What an operation costs while very many timers are armed, 5 to 65 minutes ahead as refreshes are.
 * The timers were armed in random order, so those that are moved or cancelled lie scattered in
 * memory.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8)
@Measurement(iterations = 12)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms5g", "-Xmx5g", "-XX:+AlwaysPreTouch"})
public class TimerBenchmark {
  static final int OPERATIONS = 250_000;
  private static final int SHORTEST = 5 * 60_000;
  private static final int SPAN = 60 * 60_000;

  /** Which timer. */
  @Param({"memory", "executor", "netty", "agrona", "wheel", "loop"})
  public String peer = "";

  /** How many timers are armed. */
  @Param({"1000000", "10000000"})
  public int armed;

  private final Random random = new Random(1);
  private final long[] deadlines = new long[OPERATIONS];
  private TimerPeer timers;

  /** Arms all. */
  @Setup
  public void armAll() throws InterruptedException {
    timers = TimerPeer.create(peer, armed + OPERATIONS);
    int[] order = new int[armed];
    for (int i = 0; i < armed; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    for (int index : order) {
      timers.arm(index, deadline());
    }
    // Netty's thread takes in 100 000 new timers for each tick of 100 ms.
    TimeUnit.SECONDS.sleep(peer.equals("netty") ? 2 + armed / 900_000 : 1);
  }

  /** Chooses which timers are next, and their times; makes room if they are to be armed. */
  @Setup(Level.Iteration)
  public void choose(BenchmarkParams params) {
    for (int i = 0; i < OPERATIONS; i++) {
      timers.swap(i, i + random.nextInt(armed - i));
      deadlines[i] = deadline();
      if (params.getBenchmark().endsWith(".scheduleScattered")) {
        timers.cancel(i);
      }
    }
  }

  /** Has as many armed as before. */
  @TearDown(Level.Iteration)
  public void restore(BenchmarkParams params) {
    for (int i = 0; i < OPERATIONS; i++) {
      if (params.getBenchmark().endsWith(".cancel")) {
        timers.arm(i, deadlines[i]);
      } else if (params.getBenchmark().endsWith(".schedule")) {
        timers.cancel(armed + i);
      }
    }
  }

  /** Ends the peer's threads. */
  @TearDown
  public void close() {
    timers.close();
  }

  /**
   * The processor time of the measuring thread, which says more than the time on the wall while
   * others use the machine.
   */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Processor {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /** Nanoseconds since the iteration began; at its end, what it took. */
    public long nanos;

    /** Starts. */
    @Setup(Level.Invocation)
    public void start() {
      nanos = -threads.getCurrentThreadCpuTime();
    }

    /** Ends. */
    @TearDown(Level.Invocation)
    public void end() {
      nanos += threads.getCurrentThreadCpuTime();
    }
  }

  /** Arms timers beside those that are armed. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void schedule(Processor processor) {
    for (int i = 0; i < OPERATIONS; i++) {
      timers.arm(armed + i, deadlines[i]);
    }
  }

  /** Arms timers after as many others, scattered in memory, were cancelled. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void scheduleScattered(Processor processor) {
    for (int i = 0; i < OPERATIONS; i++) {
      timers.arm(i, deadlines[i]);
    }
  }

  /** Moves timers. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void reschedule(Processor processor) {
    for (int i = 0; i < OPERATIONS; i++) {
      timers.rearm(i, deadlines[i]);
    }
  }

  /** Cancels timers, which are armed again when nobody measures. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void cancel(Processor processor) {
    for (int i = 0; i < OPERATIONS; i++) {
      timers.cancel(i);
    }
  }

  private long deadline() {
    return System.currentTimeMillis() + SHORTEST + random.nextInt(SPAN);
  }
}
