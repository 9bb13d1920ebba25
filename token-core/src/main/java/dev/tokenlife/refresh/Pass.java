package dev.tokenlife.refresh;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.PassReport;
import dev.tokenlife.spi.DueListing;
import dev.tokenlife.spi.DueListing.DueChain;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.RefreshOutcome;
import dev.tokenlife.spi.Trigger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over everything that is due: for cron jobs and serverless functions. Runs in parallel up
 * to a limit, isolates every failure, and starts nothing new after its deadline.
 */
public final class Pass {
  private static final Logger log = LoggerFactory.getLogger(Pass.class);
  private static final int PAGE = 500;

  /** Longer horizons and deadlines are as good as none. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final Refresher core;
  private final Duration horizon;
  private final Duration deadline;
  private final int parallel;
  private final PassTally tally;
  private final Phaser flights = new Phaser(1);

  /** A pass over what is due within the horizon. */
  public Pass(Refresher core, Duration horizon, Duration deadline, int parallel) {
    this.core = core;
    this.horizon = horizon;
    this.deadline = deadline;
    this.parallel = parallel;
    this.tally = new PassTally(core.clock().now());
  }

  /** Runs the pass; returns when everything it started has ended, or the deadline has passed. */
  public PassReport run() {
    if (core.isClosed()) {
      throw new IllegalStateException(Refresher.CLOSED);
    }
    long started = core.time().nanos();
    warnOfGaps(core.sinceLastPass(started));
    long now = core.clock().now();
    long before = horizon.compareTo(LONGEST) < 0 ? now + horizon.toMillis() : Long.MAX_VALUE;
    Semaphore permits = new Semaphore(parallel);
    try {
      DueListing due = core.rows().executor().store().due();
      tally.planned(due.planned());
      Optional<String> cursor = Optional.empty();
      do {
        Page<DueChain> page = due.dueBefore(before, cursor, PAGE);
        for (DueChain chain : page.items()) {
          if (!start(chain.key(), permits, started)) {
            tally.truncated();
            return report(started);
          }
        }
        cursor = page.next();
      } while (cursor.isPresent());
      return report(started);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      tally.truncated();
      return report(started);
    } catch (RuntimeException failure) {
      log.warn("A pass could not list what is due", failure);
      tally.listingFailed(failure);
      return report(started);
    }
  }

  /** Returns false once the deadline has passed: nothing new is started. */
  private boolean start(ChainKey key, Semaphore permits, long started) throws InterruptedException {
    long left = left(started);
    if (left <= 0 || !permits.tryAcquire(left, TimeUnit.NANOSECONDS)) {
      return false;
    }
    if (core.isClosed()) {
      return false;
    }
    flights.register();
    tally.queried();
    try {
      core.workers().executor().execute(() -> refresh(key, permits));
    } catch (RejectedExecutionException full) {
      ended(key, permits, new RefreshOutcome.Refused(Duration.ZERO, "no thread for its refresh"));
    }
    return true;
  }

  private void refresh(ChainKey key, Semaphore permits) {
    core.runAhead(key, Trigger.PASS, horizon, outcome -> ended(key, permits, outcome));
  }

  private void ended(ChainKey key, Semaphore permits, RefreshOutcome outcome) {
    tally.count(key, outcome);
    permits.release();
    flights.arriveAndDeregister();
  }

  /** What falls due between the horizon of one pass and the start of the next expires. */
  private void warnOfGaps(Duration interval) {
    if (interval.compareTo(horizon) > 0) {
      log.warn(
          "The horizon of a pass is shorter than the interval between passes: tokens expire in"
              + " between; horizonSeconds={} intervalSeconds={}",
          horizon.toSeconds(),
          interval.toSeconds());
    }
  }

  private PassReport report(long started) {
    int phase = flights.arrive();
    try {
      flights.awaitAdvanceInterruptibly(phase, Math.max(1, left(started)), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      tally.truncated();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      tally.truncated();
    }
    PassReport report = tally.report(Duration.ofNanos(core.time().nanos() - started));
    log.info(
        "Token refresh completed queried={} refreshed={} skipped={} failures={} truncated={}"
            + " durationMs={}",
        report.queried(),
        report.refreshed(),
        report.skipped(),
        report.failures(),
        report.truncated(),
        report.duration().toMillis());
    return report;
  }

  private long left(long started) {
    long most = deadline.compareTo(LONGEST) < 0 ? deadline.toNanos() : LONGEST.toNanos();
    return most - (core.time().nanos() - started);
  }
}
