package dev.tokenlife.backup;

/**
 * What a backup holds, or what a restore came to.
 *
 * @param chains chains
 * @param companions held-before markers and effects
 * @param rows rows of the application's tables
 * @param present how many of all these a restore found in the target already, and left alone
 */
public record BackupReport(long chains, long companions, long rows, long present) {
  static final BackupReport NOTHING = new BackupReport(0, 0, 0, 0);

  /** Returns how many things that is. */
  public long total() {
    return chains + companions + rows;
  }

  BackupReport plus(Line line) {
    if (line instanceof Line.Row) {
      return new BackupReport(chains, companions, rows + 1, present);
    }
    if (line instanceof Line.Item item) {
      return item.isChain()
          ? new BackupReport(chains + 1, companions, rows, present)
          : new BackupReport(chains, companions + 1, rows, present);
    }
    return this;
  }

  BackupReport foundPresent(long more) {
    return new BackupReport(chains, companions, rows, present + more);
  }
}
