package dev.tokenlife.crypto;

import dev.tokenlife.spi.StoreException;
import dev.tokenlife.time.ProcessClock;
import dev.tokenlife.time.TimeSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/** Uses in memory, forgotten in the order in which they stop to matter. */
final class LocalUses implements ReplayCache {
  private final int capacity;
  private final ProcessClock clock;
  private final Set<String> used = new HashSet<>();
  private final PriorityQueue<Use> ends = new PriorityQueue<>(Comparator.comparingLong(Use::until));

  private record Use(String id, long until) {}

  LocalUses(int capacity, TimeSource time) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a replay cache holds 1 use or more, not " + capacity);
    }
    this.capacity = capacity;
    this.clock = new ProcessClock(time);
  }

  @Override
  public synchronized boolean firstUse(String id, long until) {
    long now = clock.now();
    forget(now);
    // A use that would be forgotten at once could be made again by a caller whose clock is behind.
    if (until <= now || used.contains(id)) {
      return false;
    }
    if (used.size() >= capacity) {
      throw new StoreException(
          StoreException.Kind.FULL,
          "the replay cache holds its "
              + capacity
              + " uses, all of tokens still alive: raise its"
              + " capacity or shorten the tokens' life");
    }
    used.add(id);
    ends.add(new Use(id, until));
    return true;
  }

  synchronized int size() {
    return used.size();
  }

  private void forget(long now) {
    for (Use next = ends.peek(); next != null && next.until <= now; next = ends.peek()) {
      ends.remove();
      used.remove(next.id);
    }
  }
}
