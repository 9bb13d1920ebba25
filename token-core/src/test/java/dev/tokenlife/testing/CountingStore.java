package dev.tokenlife.testing;

import dev.tokenlife.spi.TokenStore;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Counts what a store is asked, so that a test can state what an operation costs. A call counts
 * when it is made, whatever its answer. Safe for use by many threads.
 */
public final class CountingStore extends WatchedStore {
  private final Map<StoreCall, AtomicLong> counts = new ConcurrentHashMap<>();

  private CountingStore(TokenStore store) {
    super(store);
  }

  /** Counts the calls of {@code store}. */
  public static CountingStore around(TokenStore store) {
    return new CountingStore(store);
  }

  /** Returns how many point reads there were. */
  public long finds() {
    return count(StoreCall.FIND);
  }

  /** Returns how many rows were added one by one, or tried to. */
  public long inserts() {
    return count(StoreCall.INSERT);
  }

  /** Returns how many conditional replacements were tried. */
  public long replaces() {
    return count(StoreCall.REPLACE);
  }

  /** Returns how many conditional removals were tried. */
  public long deletes() {
    return count(StoreCall.DELETE);
  }

  /** Returns how many times many rows were added by one call. */
  public long batches() {
    return count(StoreCall.INSERT_ALL);
  }

  /** Returns how many pages, counts and effects were read: whatever is not a point operation. */
  public long queries() {
    return sum(true);
  }

  /** Returns how many calls of one sort there were. */
  public long count(StoreCall call) {
    AtomicLong count = counts.get(call);
    return count == null ? 0 : count.get();
  }

  /** Returns how many calls there were. */
  public long total() {
    return sum(true) + sum(false);
  }

  /** Returns the calls that were made, with their counts, for messages. */
  public Map<StoreCall, Long> counts() {
    Map<StoreCall, Long> made = new TreeMap<>();
    for (StoreCall call : StoreCall.values()) {
      if (count(call) > 0) {
        made.put(call, count(call));
      }
    }
    return made;
  }

  /** Starts again at zero. */
  public void reset() {
    counts.clear();
  }

  @Override
  protected <T> T around(StoreCall call, Supplier<T> action) {
    counts.computeIfAbsent(call, any -> new AtomicLong()).incrementAndGet();
    return action.get();
  }

  private long sum(boolean queries) {
    long sum = 0;
    for (StoreCall call : StoreCall.values()) {
      sum += call.isQuery() == queries ? count(call) : 0;
    }
    return sum;
  }
}
