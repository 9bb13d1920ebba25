package dev.tokenlife.backup;

import dev.tokenlife.spi.StoreItem;

/** One line of a backup. */
sealed interface Line {
  /**
   * The first line.
   *
   * @param source where it was taken from, for people
   * @param takenAt when it was begun, epoch milliseconds
   */
  record Header(int format, String source, long takenAt) implements Line {}

  /** How often a shard had changed its owner. */
  record Epoch(String shard, long epoch) implements Line {}

  /** Something the store kept. */
  record Item(StoreItem item) implements Line {
    boolean isChain() {
      return item instanceof StoreItem.Chain;
    }
  }

  /** A row of one of the application's tables. */
  record Row(String table, PlainRow row) implements Line {}

  /** The last line: what must have come before it. */
  record End(BackupReport report) implements Line {}
}
