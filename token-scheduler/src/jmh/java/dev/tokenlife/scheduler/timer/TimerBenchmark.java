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

/**
 * What an operation costs while very many timers are armed, 5 to 65 minutes ahead as refreshes are.
 * The timers were armed in random order, so those that are moved or cancelled lie scattered in
 * memory, and so do the places that are free for new ones.
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
    timers = TimerPeer.create(peer, armed);
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

  /** Chooses which timers are next, and their times. */
  @Setup(Level.Iteration)
  public void choose() {
    for (int i = 0; i < OPERATIONS; i++) {
      timers.swap(i, i + random.nextInt(armed - i));
      deadlines[i] = deadline();
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

  /** Arms timers in the places of others that were cancelled. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void schedule(Cancelled cancelled, Processor processor) {
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
  public void cancel(Restored restored, Processor processor) {
    for (int i = 0; i < OPERATIONS; i++) {
      timers.cancel(i);
    }
  }

  private long deadline() {
    return System.currentTimeMillis() + SHORTEST + random.nextInt(SPAN);
  }

  /** Cancels before each iteration. */
  @State(Scope.Thread)
  public static class Cancelled {
    /** Makes room. */
    @Setup(Level.Iteration)
    public void cancel(TimerBenchmark on) {
      for (int i = 0; i < OPERATIONS; i++) {
        on.timers.cancel(i);
      }
    }
  }

  /** Arms after each iteration. */
  @State(Scope.Thread)
  public static class Restored {
    /** Fills the places. */
    @TearDown(Level.Iteration)
    public void arm(TimerBenchmark on) {
      for (int i = 0; i < OPERATIONS; i++) {
        on.timers.arm(i, on.deadlines[i]);
      }
    }
  }
}
