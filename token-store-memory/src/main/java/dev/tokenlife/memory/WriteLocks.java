package dev.tokenlife.memory;

import dev.tokenlife.model.ChainKey;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Who may write. Every write holds the lock of its row; one that changes companions holds that of
 * its partition first, so two of them never deadlock. Nothing is done under them but changing maps:
 * no I/O, no packing, no call of Caffeine.
 */
final class WriteLocks {
  private static final int STRIPES = 256;

  private final ReentrantLock[] partitions = stripes();
  private final ReentrantLock[] rows = stripes();

  <T> T holdingRow(ChainKey key, Supplier<T> action) {
    return holding(rows[stripe(key.hashCode())], action);
  }

  <T> T holdingPartition(ChainKey key, Supplier<T> action) {
    ReentrantLock partition = partitions[stripe(key.partition().hashCode())];
    return holding(partition, () -> holdingRow(key, action));
  }

  private static <T> T holding(ReentrantLock lock, Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  private static int stripe(int hash) {
    return (hash ^ (hash >>> 16)) & (STRIPES - 1);
  }

  private static ReentrantLock[] stripes() {
    ReentrantLock[] locks = new ReentrantLock[STRIPES];
    for (int i = 0; i < STRIPES; i++) {
      locks[i] = new ReentrantLock();
    }
    return locks;
  }
}
