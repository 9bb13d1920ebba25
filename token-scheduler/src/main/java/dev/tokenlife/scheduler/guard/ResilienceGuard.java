package dev.tokenlife.scheduler.guard;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.spi.Trigger;
import dev.tokenlife.spi.UpstreamGuard;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A guard with a circuit breaker, limits and a paced recovery for each upstream; usable with every
 * engine. It never blocks and has no thread. Safe for use by many threads.
 */
public final class ResilienceGuard implements UpstreamGuard {
  private final TimeSource time;
  private final GuardSettings settings;
  private final Map<String, GuardSettings> particular = new ConcurrentHashMap<>();
  private final Map<String, UpstreamState> upstreams = new ConcurrentHashMap<>();

  private ResilienceGuard(TimeSource time, GuardSettings settings) {
    this.time = time;
    this.settings = settings;
  }

  /** Returns a guard that treats every upstream by the default settings. */
  public static ResilienceGuard create() {
    return create(TimeSource.system(), GuardSettings.DEFAULT);
  }

  /** Returns a guard that treats every upstream by these settings. */
  public static ResilienceGuard create(TimeSource time, GuardSettings settings) {
    return new ResilienceGuard(time, settings);
  }

  /** Treats one upstream by settings of its own; must be said before its first call. */
  public ResilienceGuard upstream(String name, GuardSettings own) {
    if (upstreams.containsKey(name)) {
      throw new IllegalStateException("upstream " + name + " has been called already");
    }
    particular.put(name, own);
    return this;
  }

  @Override
  public Admission admit(String upstream, Trigger trigger) {
    return state(upstream).admit();
  }

  @Override
  public void report(
      String upstream,
      Duration took,
      @Nullable FailureKind failure,
      @Nullable Duration retryAfter) {
    state(upstream).report(took, failure, retryAfter);
  }

  @Override
  public Duration closedFor(String upstream) {
    return Duration.ofNanos(state(upstream).closedFor());
  }

  @Override
  public void release(String upstream) {
    state(upstream).release();
  }

  @Override
  public void reset(String upstream) {
    state(upstream).reset();
  }

  @Override
  public String describe(String upstream) {
    return state(upstream).describe().toString();
  }

  /** Returns the state of every upstream called so far, as named figures. */
  public Map<String, Map<String, Object>> status() {
    Map<String, Map<String, Object>> status = new LinkedHashMap<>();
    new TreeMap<>(upstreams).forEach((name, state) -> status.put(name, state.describe()));
    return status;
  }

  private UpstreamState state(String upstream) {
    UpstreamState known = upstreams.get(upstream);
    return known != null
        ? known
        : upstreams.computeIfAbsent(
            upstream,
            name -> new UpstreamState(name, particular.getOrDefault(name, settings), time));
  }
}
