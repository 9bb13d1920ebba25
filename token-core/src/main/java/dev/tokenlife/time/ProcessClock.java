package dev.tokenlife.time;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A wall clock that never goes back within a process.
 *
 * <p>It follows the machine's wall clock. After a backward step it carries the last time on with
 * the monotonic ticker until the wall clock has caught up; a forward step is followed at once.
 * Every step larger than {@value #STEP_MILLIS} ms is counted. Safe for use by many threads.
 */
public final class ProcessClock {
  /** How long the wall clock is believed without looking at the ticker, in milliseconds. */
  public static final long TRUST_MILLIS = 30_000;

  /** The smallest difference between both clocks that counts as a step, in milliseconds. */
  public static final long STEP_MILLIS = 1_000;

  private static final Logger log = LoggerFactory.getLogger(ProcessClock.class);
  private static final long NANOS = 1_000_000;

  private final TimeSource time;
  private final AtomicLong backwardSteps = new AtomicLong();
  private final AtomicLong forwardSteps = new AtomicLong();
  private volatile Anchor anchor;

  /** A pair of readings: what this clock said when the wall clock and the ticker said the rest. */
  private record Anchor(long process, long wall, long nanos) {}

  /** Starts at the wall time of this moment. */
  public ProcessClock(TimeSource time) {
    this.time = time;
    long wall = time.wallMillis();
    this.anchor = new Anchor(wall, wall, time.nanos());
  }

  /** Returns the time in milliseconds since the epoch; never less than it returned before. */
  public synchronized long now() {
    Anchor last = anchor;
    long wall = time.wallMillis();
    long nanos = time.nanos();
    long elapsed = Math.max(0, (nanos - last.nanos) / NANOS);
    long wallElapsed = wall - last.wall;
    if (wallElapsed < elapsed - STEP_MILLIS) {
      backwardSteps.incrementAndGet();
      log.warn("The machine's clock was set back by {} ms", elapsed - wallElapsed);
    } else if (wallElapsed > elapsed + STEP_MILLIS) {
      forwardSteps.incrementAndGet();
      log.warn("The machine's clock went {} ms ahead: it was set, or slept", wallElapsed - elapsed);
    }
    long carried = last.process + elapsed;
    long process = wall < carried - STEP_MILLIS ? carried : Math.max(wall, last.process);
    // Whole milliseconds only: the rest must not get lost, however often this is called.
    anchor = new Anchor(process, wall, last.nanos + elapsed * NANOS);
    return process;
  }

  /**
   * The cheap form for hot readers: the wall time itself while it is at most {@value #TRUST_MILLIS}
   * ms past the last comparison of both clocks, else {@link #now()}. It may miss a backward step
   * that is shorter than the time since that comparison, so by less than {@value #TRUST_MILLIS} ms.
   */
  public long readNow() {
    long wall = time.wallMillis();
    Anchor last = anchor;
    long since = wall - last.wall;
    return since >= 0 && since <= TRUST_MILLIS && last.process - last.wall <= 0 ? wall : now();
  }

  /** Returns the time source behind this clock. */
  public TimeSource time() {
    return time;
  }

  /** Returns how many times the wall clock was seen to step back. */
  public long backwardSteps() {
    return backwardSteps.get();
  }

  /** Returns how many times the wall clock was seen to step ahead of the ticker (or a suspend). */
  public long forwardSteps() {
    return forwardSteps.get();
  }

  /** Returns how far this clock is ahead of the wall clock, in milliseconds; 0 is the usual. */
  public long aheadMillis() {
    return Math.max(0, now() - time.wallMillis());
  }
}
