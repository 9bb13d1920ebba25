package dev.tokenlife.scheduler.guard;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.time.TimeSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** The circuit breaker of one upstream, on the ticker; it also says how long it stays open. */
final class Breaker {
  private final CircuitBreaker breaker;
  private final TimeSource time;
  private final LongConsumer closedAgain;
  private long openUntil;
  private boolean wasDown;
  private long downSince;

  /** A closed breaker that tells when it closes after it was open, for how many nanoseconds. */
  Breaker(String name, BreakerSettings settings, TimeSource time, LongConsumer closedAgain) {
    this.time = time;
    this.closedAgain = closedAgain;
    this.breaker = CircuitBreaker.of(name, config(settings));
    breaker
        .getEventPublisher()
        .onStateTransition(event -> moved(event.getStateTransition().getToState()));
  }

  boolean tryAcquire() {
    return breaker.tryAcquirePermission();
  }

  boolean isClosed() {
    return breaker.getState() == State.CLOSED;
  }

  /** Returns how long it stays open, in nanoseconds; 0 or less if it may be tried. */
  long opensIn(long now) {
    return breaker.getState() == State.OPEN ? openUntil - now : 0;
  }

  void succeeded(Duration took) {
    breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
  }

  void failed(Duration took, FailureKind kind) {
    breaker.onError(took.toNanos(), TimeUnit.NANOSECONDS, new IllegalStateException(kind.name()));
  }

  /** The call says nothing about whether the upstream is down. */
  void release() {
    breaker.releasePermission();
  }

  void reset() {
    breaker.reset();
  }

  String state() {
    return breaker.getState().name();
  }

  /** Returns the share of failed calls, in percent; 0 before there were enough to tell. */
  float failureRate() {
    return Math.max(0, breaker.getMetrics().getFailureRate());
  }

  private void moved(State to) {
    if (to == State.OPEN && !wasDown) {
      wasDown = true;
      downSince = time.nanos();
    } else if (to == State.CLOSED && wasDown) {
      wasDown = false;
      closedAgain.accept(time.nanos() - downSince);
    }
  }

  private CircuitBreakerConfig config(BreakerSettings settings) {
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
