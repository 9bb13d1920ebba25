package dev.tokenlife.backup;

import dev.tokenlife.spi.Lease;
import dev.tokenlife.spi.LeaseTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Frees all shards under epochs that neither the backup nor the target has seen, and forgets the
 * members: nothing that was ever allowed to a former owner is allowed any more.
 */
record EpochRaise(LeaseTable table, Map<String, Long> backedUp) {
  private static final String SHARD = "s:";

  /** Returns the epochs of all shards. */
  static List<Line> of(LeaseTable table) {
    return table.all().stream()
        .filter(lease -> lease.name().startsWith(SHARD))
        .<Line>map(lease -> new Line.Epoch(lease.name(), lease.counter()))
        .toList();
  }

  void run() {
    Map<String, Long> missing = new HashMap<>(backedUp);
    for (Lease lease : table.all()) {
      if (lease.name().startsWith(SHARD)) {
        Long other = missing.remove(lease.name());
        long highest = Math.max(lease.counter(), other == null ? 0 : other);
        free(lease.name(), highest + 1, lease.version());
      } else {
        table.remove(lease.name());
      }
    }
    missing.forEach((shard, epoch) -> free(shard, epoch + 1, ""));
  }

  private void free(String shard, long epoch, String version) {
    if (table.put(new Lease(shard, "", epoch, "", version)).isEmpty()) {
      throw new BackupException(
          "lease "
              + shard
              + " changed while its epoch was raised: stop every process that uses the target, and"
              + " run the restore again");
    }
  }
}
