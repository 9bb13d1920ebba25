package dev.tokenlife.scheduler.guard;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.spi.UpstreamGuard.Admission;
import dev.tokenlife.time.TimeSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Everything the guard knows of one upstream; its monitor guards it, and no call is made under it.
 */
final class UpstreamState {
  private static final Duration CONFIG_STOP = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final Duration BUSY = Duration.ofMillis(250);
  private static final double BUDGET_MOST = 50;
  private static final double PROBE_RATE = 1;

  private final String name;
  private final GuardSettings settings;
  private final TimeSource time;
  private final CircuitBreaker breaker;
  private final Pace rate = new Pace();
  private final Pace ramp = new Pace();
  private final Pace probes = new Pace();
  private final Steady steady = new Steady();
  private final Recovery recovery;
  private int inFlight;
  private long pausedUntil;
  private @Nullable FailureKind pausedBy;
  private long openUntil;
  private double budget = 10;
  private long calls;
  private long failures;
  private boolean wasDown;
  private boolean starved;

  UpstreamState(String name, GuardSettings settings, TimeSource time) {
    this.name = name;
    this.settings = settings;
    this.time = time;
    this.recovery = new Recovery(settings.ramp().toNanos());
    this.breaker = CircuitBreaker.of(name, config());
    breaker
        .getEventPublisher()
        .onStateTransition(event -> moved(event.getStateTransition().getToState()));
  }

  synchronized Admission admit() {
    long now = time.nanos();
    if (pausedUntil - now > 0 && pausedBy != null) {
      return refused(pausedUntil - now, pausedBy, "asked to wait");
    }
    if (settings.concurrency() > 0 && inFlight >= settings.concurrency()) {
      return refused(BUSY.toNanos(), null, "as many calls as allowed are under way");
    }
    long wait = paced(now);
    if (wait > 0) {
      return refused(wait, null, "as many calls a second as allowed");
    }
    if (!breaker.tryAcquirePermission()) {
      return refused(
          Math.max(BUSY.toNanos(), openUntil - now), FailureKind.TRANSIENT, "breaker open");
    }
    inFlight++;
    calls++;
    if (breaker.getState() == State.CLOSED && !recovery.isRunning() && !starved) {
      steady.count(now);
    } else {
      steady.skip(now);
    }
    return new Admission.Admitted();
  }

  synchronized void report(
      Duration took, @Nullable FailureKind failure, @Nullable Duration retryAfter) {
    inFlight--;
    if (failure == null || failure == FailureKind.PERMANENT) {
      // A refused grant is the grant's trouble: the upstream answered as it should.
      breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
      budget = Math.min(BUDGET_MOST, budget + settings.retryBudget());
      succeeded(time.nanos());
      return;
    }
    failures++;
    budget = Math.max(0, budget - 1);
    if (failure == FailureKind.CONFIG) {
      breaker.releasePermission();
      pause(CONFIG_STOP, failure);
    } else if (retryAfter != null || failure == FailureKind.THROTTLED) {
      breaker.releasePermission();
      pause(retryAfter == null ? Duration.ofSeconds(1) : retryAfter, FailureKind.THROTTLED);
    } else {
      breaker.onError(
          took.toNanos(), TimeUnit.NANOSECONDS, new IllegalStateException(failure.name()));
    }
  }

  synchronized void release() {
    inFlight--;
    calls--;
    breaker.releasePermission();
  }

  synchronized void reset() {
    pausedUntil = time.nanos();
    pausedBy = null;
    breaker.reset();
  }

  /** Returns how long nothing would be admitted, in nanoseconds; 0 if something might be. */
  synchronized long closedFor() {
    long now = time.nanos();
    if (pausedBy != null && pausedUntil - now > 0) {
      return pausedUntil - now;
    }
    if (breaker.getState() == State.OPEN && openUntil - now > 0) {
      return openUntil - now;
    }
    if (settings.concurrency() > 0 && inFlight >= settings.concurrency()) {
      return BUSY.toNanos() / 5;
    }
    long wait = settings.ratePerSecond() > 0 ? rate.waiting(now) : 0;
    if (isStarving()) {
      return Math.max(wait, probes.waiting(now));
    }
    return recovery.isRunning() ? Math.max(wait, ramp.waiting(now)) : wait;
  }

  synchronized Map<String, Object> describe() {
    long now = time.nanos();
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("breaker", breaker.getState().name());
    description.put("recovering", recovery.isRunning());
    description.put("pausedMillis", Math.max(0, (pausedUntil - now) / 1_000_000));
    description.put("inFlight", inFlight);
    description.put("calls", calls);
    description.put("failures", failures);
    description.put("failureRatePercent", Math.max(0, breaker.getMetrics().getFailureRate()));
    description.put("healthy", breaker.getState() == State.CLOSED && pausedBy == null);
    return description;
  }

  private long paced(long now) {
    if (settings.ratePerSecond() > 0) {
      long wait = rate.take(settings.ratePerSecond(), now);
      if (wait > 0) {
        return wait;
      }
    }
    if (recovery.isRunning()) {
      double allowed = recovery.rate(now);
      long wait = ramp.take(allowed, now);
      if (wait > 0) {
        recovery.refused(now);
        return wait;
      }
      recovery.wasFree(now);
    }
    if (!isStarving()) {
      return 0;
    }
    starved = true;
    return probes.take(PROBE_RATE, now);
  }

  /** Once failures have eaten the budget, calls go on at probe level until successes refill it. */
  private boolean isStarving() {
    return budget < 1 && breaker.getState() == State.CLOSED;
  }

  /** A call that was sent before does not end what the upstream asked for since. */
  private void succeeded(long now) {
    if (pausedUntil - now <= 0) {
      pausedBy = null;
    }
    if (starved && budget >= 1) {
      starved = false;
      recovery.begin(now, steady.rate());
    }
  }

  private void pause(Duration asked, FailureKind kind) {
    Duration atMost = asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    long until = time.nanos() + (atMost.isNegative() ? 0 : atMost.toNanos());
    if (pausedBy == null || until - pausedUntil > 0) {
      pausedUntil = until;
    }
    pausedBy = kind;
  }

  private void moved(State to) {
    long now = time.nanos();
    if (to == State.OPEN) {
      wasDown = true;
    } else if (to == State.CLOSED && wasDown) {
      wasDown = false;
      starved = false;
      budget = Math.max(budget, 10);
      recovery.begin(now, steady.rate());
    }
  }

  private Admission refused(long nanos, @Nullable FailureKind kind, String why) {
    return new Admission.Refused(Duration.ofNanos(nanos), kind, name + ": " + why);
  }

  private CircuitBreakerConfig config() {
    IntervalFunction open =
        IntervalFunction.ofExponentialRandomBackoff(
            settings.firstOpen(), 2.0, 0.3, settings.longestOpen());
    return CircuitBreakerConfig.custom()
        .clock(new TickerClock(time))
        .currentTimestampFunction(clock -> time.nanos(), TimeUnit.NANOSECONDS)
        .slidingWindowType(SlidingWindowType.TIME_BASED)
        .slidingWindowSize((int) settings.window().toSeconds())
        .minimumNumberOfCalls(settings.minimumCalls())
        .failureRateThreshold(settings.failureRatePercent())
        .permittedNumberOfCallsInHalfOpenState(settings.probes())
        .waitIntervalFunctionInOpenState(attempt -> opening(open.apply(attempt)))
        .build();
  }

  /**
   * The breaker keeps to itself when it will half-open; noted here to tell others how long to wait.
   */
  private long opening(long millis) {
    openUntil = time.nanos() + Duration.ofMillis(millis).toNanos();
    return millis;
  }
}
