package dev.tokenlife.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Chains that are over, until they have been over for long enough. Only they are in the cache, and
 * nothing bounds its size: a live chain cannot be evicted.
 *
 * <p>Expiry runs on the timer of the time source, or on a thread that ends or revives a chain.
 * Nobody calls this while holding a lock: the cache has one of its own.
 */
final class Retirement implements AutoCloseable {
  private final RowTable table;
  private final TimeSource time;
  private final long retentionNanos;
  private final Cache<ChainKey, Retired> cache;
  private volatile boolean closed;

  /** A state of a row and until when it stays, on the ticker. */
  private record Retired(long version, long until) {}

  /**
   * Calls {@code forget} with the key and the version of each row whose time has come.
   *
   * @param retention how long a chain stays at least after it was over
   */
  Retirement(
      RowTable table, TimeSource time, Duration retention, BiConsumer<ChainKey, Long> forget) {
    this.table = table;
    this.time = time;
    this.retentionNanos = retention.toNanos();
    this.cache =
        Caffeine.newBuilder()
            .expireAfter(Expiry.<ChainKey, Retired>writing((key, retired) -> left(retired)))
            .ticker(time::nanos)
            .scheduler(new TimerScheduler(time))
            .executor(Runnable::run)
            .<ChainKey, Retired>removalListener(
                (key, retired, cause) -> {
                  if (cause == RemovalCause.EXPIRED && key != null && retired != null) {
                    forget.accept(key, retired.version);
                  }
                })
            .build();
  }

  /**
   * Brings the cache in line with the row, after a write that ended or revived it. Whoever is last
   * sees the last state, so two that overtake each other do no harm.
   */
  void settle(ChainKey key) {
    if (!closed) {
      cache.asMap().compute(key, (same, retired) -> settled(table.get(same), retired));
    }
  }

  long size() {
    return cache.estimatedSize();
  }

  /** Lets nothing expire any more and takes the timer back. */
  @Override
  public void close() {
    closed = true;
    cache.invalidateAll();
    cache.cleanUp();
  }

  private @Nullable Retired settled(@Nullable PackedRow row, @Nullable Retired retired) {
    if (row == null || !row.isOver()) {
      return null;
    }
    boolean known = retired != null && retired.version == row.version;
    return known ? retired : new Retired(row.version, time.nanos() + keepNanos(row));
  }

  /** The retention, or longer while a token that was issued could still be presented. */
  private long keepNanos(PackedRow row) {
    long millis = Math.max(0, row.keepUntil() - time.wallMillis());
    return Math.max(retentionNanos, TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private Duration left(Retired retired) {
    return Duration.ofNanos(Math.max(0, retired.until - time.nanos()));
  }
}
