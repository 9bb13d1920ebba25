package dev.tokenlife.crypto;

import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.time.TimeSource;

/**
 * Remembers which tokens were used. Asked for genuine, unexpired tokens only, so it never holds
 * more than were sealed within one life. Safe for use by many threads.
 */
@FunctionalInterface
public interface ReplayCache {
  /**
   * Notes a use.
   *
   * @param id names the token: 22 letters of base64url
   * @param until when the token stops opening, epoch milliseconds; it must be remembered until then
   * @return true for exactly one of all calls with this id, false for every other
   * @throws dev.tokenlife.spi.StoreException if it cannot be remembered, or the store did not say
   *     whether it was: the use may count as made, so at worst a token opens never, but not twice
   */
  boolean firstUse(String id, long until);

  /**
   * Remembers in this process, and so is good for one process only.
   *
   * @param capacity how many uses; when it is full of tokens still alive, uses are refused with
   *     {@link dev.tokenlife.spi.StoreException.Kind#FULL}
   */
  static ReplayCache inProcess(int capacity, TimeSource time) {
    return new LocalUses(capacity, time);
  }

  /**
   * Remembers in a store, for all processes that share it: one small closed row per used token,
   * added if absent. {@link StoredUses#purge} takes old ones away.
   *
   * @param partition a partition for nothing but this
   */
  static StoredUses stored(TokenStore store, String partition, TimeSource time) {
    return new StoredUses(store, partition, time);
  }
}
