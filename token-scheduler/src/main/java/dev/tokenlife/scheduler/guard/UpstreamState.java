package dev.tokenlife.scheduler.guard;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.spi.UpstreamGuard.Admission;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the guard knows of one upstream; its monitor guards it, and no call is made under it.
 */
final class UpstreamState {
  private static final Duration CONFIG_STOP = Duration.ofMinutes(1);
  private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);
  private static final long BUSY_NANOS = 250_000_000;

  private final String name;
  private final GuardSettings settings;
  private final TimeSource time;
  private final Breaker breaker;
  private final RetryBudget budget;
  private final Recovery recovery;
  private final Pause pause = new Pause();
  private final Pace rate = new Pace();
  private final Pace ramp = new Pace();
  private final Steady steady = new Steady();
  private int inFlight;
  private long calls;
  private long failures;

  UpstreamState(String name, GuardSettings settings, TimeSource time) {
    this.name = name;
    this.settings = settings;
    this.time = time;
    this.budget = new RetryBudget(settings.retryBudget());
    this.recovery = new Recovery(settings.ramp().toNanos());
    this.breaker = new Breaker(name, settings.breaker(), time, this::back);
  }

  synchronized Admission admit() {
    long now = time.nanos();
    FailureKind paused = pause.reason(now);
    if (paused != null) {
      return refused(pause.left(now), paused, "asked to wait");
    }
    if (isFull()) {
      return refused(BUSY_NANOS, null, "as many calls as allowed are under way");
    }
    long wait = paced(now);
    if (wait > 0) {
      return refused(wait, null, "as many calls a second as allowed");
    }
    long probe = isStarving() ? budget.probe(now) : 0;
    if (probe > 0) {
      return refused(probe, FailureKind.TRANSIENT, "too many calls have failed");
    }
    if (!breaker.tryAcquire()) {
      long open = Math.max(BUSY_NANOS, breaker.opensIn(now));
      return refused(open, FailureKind.TRANSIENT, "breaker open");
    }
    inFlight++;
    calls++;
    if (breaker.isClosed() && !recovery.isRunning() && !budget.hasStarved()) {
      steady.count(now);
    } else {
      steady.skip(now);
    }
    return new Admission.Admitted();
  }

  synchronized void report(
      Duration took, @Nullable FailureKind failure, @Nullable Duration retryAfter) {
    inFlight--;
    long now = time.nanos();
    if (failure == null || failure == FailureKind.PERMANENT) {
      // A refused grant is the grant's trouble: the upstream answered as it should.
      breaker.succeeded(took);
      pause.succeeded(now);
      if (budget.succeeded()) {
        recovery.begin(now, steady.rate(), 0);
      }
      return;
    }
    failures++;
    budget.failed();
    if (failure == FailureKind.CONFIG) {
      breaker.release();
      pause.ask(CONFIG_STOP, failure, now);
    } else if (retryAfter != null || failure == FailureKind.THROTTLED) {
      breaker.release();
      pause.ask(retryAfter == null ? DEFAULT_PAUSE : retryAfter, FailureKind.THROTTLED, now);
    } else {
      breaker.failed(took, failure);
    }
  }

  synchronized void release() {
    inFlight--;
    calls--;
    breaker.release();
  }

  synchronized void reset() {
    pause.clear();
    breaker.reset();
  }

  /** Returns how long nothing would be admitted, in nanoseconds; 0 if something might be. */
  synchronized long closedFor() {
    long now = time.nanos();
    long stopped = Math.max(pause.left(now), breaker.opensIn(now));
    if (stopped > 0) {
      return stopped;
    }
    if (isFull()) {
      return BUSY_NANOS / 5;
    }
    long wait = settings.ratePerSecond() > 0 ? rate.waiting(now) : 0;
    if (isStarving()) {
      return Math.max(wait, budget.waiting(now));
    }
    long ramped = recovery.isRunning() ? ramp.waiting(now) : 0;
    if (ramped > 0) {
      // Whoever parks what he has instead of trying is put off all the same: the ramp goes on.
      recovery.refused(now);
    }
    return Math.max(wait, ramped);
  }

  synchronized Map<String, Object> describe() {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("health", health().name());
    description.put("breaker", breaker.state());
    description.put("recovering", recovery.isRunning());
    description.put("pausedMillis", pause.left(time.nanos()) / 1_000_000);
    description.put("inFlight", inFlight);
    description.put("calls", calls);
    description.put("failures", failures);
    description.put("failureRatePercent", breaker.failureRate());
    description.put("healthy", breaker.isClosed() && !pause.isOpenQuestion());
    return description;
  }

  private Health health() {
    if (!breaker.isClosed() || pause.isOpenQuestion()) {
      return Health.DOWN;
    }
    boolean failing = breaker.failureRate() >= settings.breaker().failureRatePercent() / 2;
    return failing || isStarving() || recovery.isRunning() ? Health.STRAINED : Health.HEALTHY;
  }

  private boolean isFull() {
    return settings.concurrency() > 0 && inFlight >= settings.concurrency();
  }

  /** Returns 0 if a permit of every limit was taken, or how long to wait, in nanoseconds. */
  private long paced(long now) {
    long wait = settings.ratePerSecond() > 0 ? rate.take(settings.ratePerSecond(), now) : 0;
    if (wait == 0 && recovery.isRunning()) {
      wait = ramp.take(recovery.rate(now), now);
      if (wait > 0) {
        recovery.refused(now);
      } else {
        recovery.wasFree(now);
      }
    }
    return wait;
  }

  private boolean isStarving() {
    return budget.isSpent() && breaker.isClosed();
  }

  private void back(long outageNanos) {
    budget.refill();
    recovery.begin(time.nanos(), steady.rate(), outageNanos);
  }

  private Admission refused(long nanos, @Nullable FailureKind kind, String why) {
    return new Admission.Refused(Duration.ofNanos(nanos), kind, name + ": " + why);
  }
}
