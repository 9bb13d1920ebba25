package dev.tokenlife.crypto;

import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.Position;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.spi.WriteResult;
import dev.tokenlife.time.ProcessClock;
import dev.tokenlife.time.TimeSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Uses in a store: a closed minted row without a token, named after the used one. Insert-if-absent
 * makes exactly one use the first, in one process or in many.
 */
public final class StoredUses implements ReplayCache {
  /** For how long past its end a use is kept: clocks of other processes may be behind. */
  private static final long MARGIN_MILLIS = Duration.ofMinutes(10).toMillis();

  private static final int PAGE = 100;

  private final SecureRandom random = new SecureRandom();
  private final TokenStore store;
  private final String partition;
  private final ProcessClock clock;

  StoredUses(TokenStore store, String partition, TimeSource time) {
    this.store = store;
    this.partition = partition;
    this.clock = new ProcessClock(time);
  }

  @Override
  public boolean firstUse(String id, long until) {
    ChainRow row = row(ChainKey.of(partition, id), until);
    try {
      return store.insert(row, List.of()) instanceof WriteResult.Written;
    } catch (StoreException failure) {
      if (failure.kind() == StoreException.Kind.UNKNOWN && written(row)) {
        return true;
      }
      throw failure;
    }
  }

  /**
   * Removes uses that matter no more; meant for a nightly pass. May run anywhere, also twice at the
   * same time.
   *
   * @param most how many rows to look at
   * @return how many this call removed
   */
  public int purge(int most) {
    int removed = 0;
    int seen = 0;
    Optional<String> cursor = Optional.empty();
    do {
      int limit = Math.min(PAGE, most - seen);
      if (limit < 1) {
        return removed;
      }
      Page<StoredChain> page = store.listing().byPartition(partition, cursor, limit);
      long now = clock.now();
      for (StoredChain use : page.items()) {
        seen++;
        removed += over(use, now) && store.delete(use.row().key(), use.version()) ? 1 : 0;
      }
      cursor = page.next();
    } while (cursor.isPresent());
    return removed;
  }

  /** The answer was lost: the row tells whose it is by the attempt's own mark. */
  private boolean written(ChainRow row) {
    return store
        .find(row.key())
        .filter(found -> found.row().control().op().equals(row.control().op()))
        .isPresent();
  }

  private static boolean over(StoredChain use, long now) {
    return now >= use.row().origin().absoluteExpiresAt() + MARGIN_MILLIS;
  }

  private ChainRow row(ChainKey key, long until) {
    long now = clock.now();
    return new ChainRow(
        key,
        new ChainOrigin(ChainKind.MINTED, "USE", "use", null, now, key.id(), until, null, key.id()),
        new ChainControl(1, ChainIds.random(random), null, ChainState.CLOSED, "used", now, now),
        new Position(0, 0, null, null, null, 0),
        null,
        null,
        null,
        null,
        null,
        List.of(),
        Budgets.NONE);
  }
}
