package dev.tokenlife.examples.fleet.record;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long things took, in buckets a twelfth apart, from a microsecond to an hour. Safe for use by
 * many threads; a snapshot may miss what is counted meanwhile.
 */
public final class Latencies {
  private static final double STEP = Math.log(1 + 1.0 / 12);
  private static final int BUCKETS = 280;

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

  /** Counts one. */
  public void add(long nanos) {
    counts.incrementAndGet(bucket(nanos));
  }

  /** Returns how many there are. */
  public long count() {
    return total(copy());
  }

  /** Returns this share of the way up, between 0 and 1; zero of nothing. */
  public Duration quantile(double share) {
    return quantile(copy(), share);
  }

  /** Returns a view that each time tells of what came since it was asked last. */
  public Window window() {
    return new Window();
  }

  private long[] copy() {
    long[] copy = new long[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      copy[i] = counts.get(i);
    }
    return copy;
  }

  private static long total(long[] counted) {
    long total = 0;
    for (long count : counted) {
      total += count;
    }
    return total;
  }

  private static Duration quantile(long[] counted, double share) {
    long rank = (long) Math.ceil(total(counted) * share);
    long seen = 0;
    for (int i = 0; i < counted.length; i++) {
      seen += counted[i];
      if (seen >= rank && seen > 0) {
        return Duration.ofNanos((long) (1_000 * Math.exp(STEP * (i + 1))));
      }
    }
    return Duration.ZERO;
  }

  private static int bucket(long nanos) {
    double micros = Math.max(1, nanos / 1_000.0);
    return (int) Math.min(BUCKETS - 1, Math.log(micros) / STEP);
  }

  /** What came in the last while. For one thread. */
  public final class Window {
    private long[] before = new long[BUCKETS];

    private Window() {}

    /** Returns these shares of what came since the last call, in milliseconds. */
    public double[] next(double... shares) {
      long[] now = copy();
      long[] fresh = new long[BUCKETS];
      for (int i = 0; i < BUCKETS; i++) {
        fresh[i] = now[i] - before[i];
      }
      before = now;
      double[] millis = new double[shares.length];
      for (int i = 0; i < shares.length; i++) {
        millis[i] = quantile(fresh, shares[i]).toNanos() / 1e6;
      }
      return millis;
    }
  }
}
