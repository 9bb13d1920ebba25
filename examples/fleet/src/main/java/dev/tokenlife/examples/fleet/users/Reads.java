package dev.tokenlife.examples.fleet.users;

import dev.tokenlife.examples.fleet.record.Latencies;
import dev.tokenlife.examples.fleet.record.RunClock;
import dev.tokenlife.examples.fleet.record.Seconds;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import java.util.concurrent.atomic.LongAdder;

/** What became of the reads at one provider. Safe for use by many threads. */
public final class Reads {
  private final Latencies served = new Latencies();
  private final Latencies fetched = new Latencies();
  private final Latencies refused = new Latencies();
  private final LongAdder failed = new LongAdder();
  private final LongAdder usableWaited = new LongAdder();
  private final LongAdder usableFailed = new LongAdder();
  private final LongAdder servedDead = new LongAdder();
  private final LongAdder signedOut = new LongAdder();
  private final Seconds late;
  private final Seconds failures;

  /** Nothing was read yet in this run. */
  public Reads(RunClock clock) {
    this.late = new Seconds(clock);
    this.failures = new Seconds(clock);
  }

  void served(long nanos, boolean waited) {
    served.add(nanos);
    if (waited) {
      usableWaited.increment();
    }
  }

  void fetched(long nanos) {
    fetched.add(nanos);
  }

  void countUsableFailed() {
    usableFailed.increment();
  }

  void countServedDead() {
    servedDead.increment();
  }

  /** The grant is gone: there is nothing to promise. */
  void signedOut() {
    signedOut.increment();
  }

  void failed(Reason reason, long nanos, boolean isLate) {
    failed.increment();
    if (reason == Reason.GUARD_CLOSED) {
      refused.add(nanos);
    }
    failures.count();
    if (isLate) {
      late.count();
    }
  }

  /** Returns how long it took to be served where a usable token was known. */
  public Latencies served() {
    return served;
  }

  /** Returns how long it took where a token had to be fetched first. */
  public Latencies fetched() {
    return fetched;
  }

  /** Returns how long it took to be refused because the guard was closed. */
  public Latencies refused() {
    return refused;
  }

  /** Returns how many callers waited although they had a usable token. */
  public long usableWaited() {
    return usableWaited.sum();
  }

  /** Returns how many callers failed although they had a usable token. */
  public long usableFailed() {
    return usableFailed.sum();
  }

  /** Returns how many were given a token that had expired. */
  public long servedDead() {
    return servedDead.sum();
  }

  /** Returns who failed, by second. */
  public Seconds failures() {
    return failures;
  }

  /** Returns those of them who failed only after having waited, by second. */
  public Seconds late() {
    return late;
  }

  /** Returns how many read a grant that had been taken back. */
  public long countSignedOut() {
    return signedOut.sum();
  }

  /** Returns how many failed for any other reason. */
  public long failed() {
    return failed.sum();
  }
}
