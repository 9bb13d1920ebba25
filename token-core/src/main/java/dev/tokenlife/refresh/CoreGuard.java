package dev.tokenlife.refresh;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.spi.Trigger;
import dev.tokenlife.spi.UpstreamGuard;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The guard of the core: honours {@code Retry-After} for the whole upstream, stops it for a minute
 * at a time while its configuration is refused, and backs off after failures in a row. While
 * stopped, one call per interval probes.
 */
public final class CoreGuard implements UpstreamGuard {
  static final Duration CONFIG_STOP = Duration.ofMinutes(1);
  static final Duration LONGEST_WAIT = Duration.ofHours(1);
  static final int FAILURES_IN_A_ROW = 5;
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);

  private final TimeSource time;
  private final Map<String, State> upstreams = new ConcurrentHashMap<>();

  /**
   * What stops an upstream, until when on the ticker, how many failures came in a row, and whether
   * one call has been let through to see.
   */
  private record State(
      int failures,
      @Nullable FailureKind kind,
      long untilNanos,
      Duration interval,
      boolean probing) {
    static final State CLEAR = new State(0, null, 0, Duration.ZERO, false);

    boolean stops(long now) {
      return kind != null && untilNanos - now > 0;
    }
  }

  /** Waits by this time source's ticker. */
  public CoreGuard(TimeSource time) {
    this.time = time;
  }

  @Override
  public Admission admit(String upstream, Trigger trigger) {
    if (!upstreams.containsKey(upstream)) {
      return new Admission.Admitted();
    }
    long now = time.nanos();
    AtomicReference<@Nullable State> refused = new AtomicReference<>();
    upstreams.computeIfPresent(
        upstream,
        (u, s) -> {
          boolean waits = s.stops(now);
          refused.set(waits ? s : null);
          return waits || s.kind == null ? s : probing(s, now);
        });
    State state = refused.get();
    if (state == null) {
      return new Admission.Admitted();
    }
    return new Admission.Refused(
        Duration.ofNanos(state.untilNanos - now),
        state.kind,
        "upstream " + upstream + " is stopped");
  }

  @Override
  public void report(
      String upstream,
      Duration took,
      @Nullable FailureKind failure,
      @Nullable Duration retryAfter) {
    if (failure == null || failure == FailureKind.PERMANENT) {
      upstreams.computeIfPresent(upstream, (u, s) -> null);
      return;
    }
    long now = time.nanos();
    upstreams.compute(
        upstream, (u, s) -> failed(s == null ? State.CLEAR : s, failure, retryAfter, now));
  }

  @Override
  public Duration closedFor(String upstream) {
    State state = upstreams.getOrDefault(upstream, State.CLEAR);
    long left = state.kind == null ? 0 : state.untilNanos - time.nanos();
    return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
  }

  /** The call that was to see was not made: the next one may. */
  @Override
  public void release(String upstream) {
    long now = time.nanos();
    upstreams.computeIfPresent(
        upstream, (u, s) -> s.probing ? new State(s.failures, s.kind, now, s.interval, false) : s);
  }

  @Override
  public void reset(String upstream) {
    upstreams.remove(upstream);
  }

  @Override
  public String describe(String upstream) {
    State state = upstreams.getOrDefault(upstream, State.CLEAR);
    if (state.kind == null) {
      return "open";
    }
    long millis = Math.max(0, (state.untilNanos - time.nanos()) / 1_000_000);
    return "stopped (" + state.kind + "), asks again in " + millis + " ms";
  }

  /** The one call that found the time over may go; the others wait another interval. */
  private static State probing(State s, long now) {
    return new State(s.failures, s.kind, now + s.interval.toNanos(), s.interval, true);
  }

  private static State failed(State s, FailureKind kind, @Nullable Duration retryAfter, long now) {
    // Calls that were under way when the stop began say nothing new about its length.
    boolean straggler = s.stops(now) && !s.probing;
    int failures = straggler ? s.failures : s.failures + 1;
    Duration stop = stopFor(failures, kind, retryAfter);
    if (stop.isZero()) {
      return straggler ? s : new State(failures, null, 0, Duration.ZERO, false);
    }
    long until = now + stop.toNanos();
    boolean longer = straggler && s.untilNanos - until > 0;
    return longer ? s : new State(failures, kind, until, stop, false);
  }

  private static Duration stopFor(int failures, FailureKind kind, @Nullable Duration retryAfter) {
    if (kind == FailureKind.CONFIG) {
      return CONFIG_STOP;
    }
    if (retryAfter != null && !retryAfter.isNegative()) {
      return retryAfter.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : retryAfter;
    }
    if (failures < FAILURES_IN_A_ROW) {
      return Duration.ZERO;
    }
    Duration doubled = Duration.ofSeconds(1L << Math.min(6, failures - FAILURES_IN_A_ROW));
    return doubled.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : doubled;
  }
}
