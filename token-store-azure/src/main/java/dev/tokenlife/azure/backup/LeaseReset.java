package dev.tokenlife.azure.backup;

import dev.tokenlife.spi.Lease;
import dev.tokenlife.spi.LeaseTable;
import dev.tokenlife.spi.TokenStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Frees all shards under higher epochs than the backup and the target ever had, and forgets the
 * members: whoever still thinks it owns a shard finds out with its next renewal.
 */
record LeaseReset(TokenStore store, Map<String, Long> epochs) {
  void run() {
    Optional<LeaseTable> leases = store.leases();
    if (leases.isEmpty()) {
      return;
    }
    Map<String, Long> missing = new HashMap<>(epochs);
    for (Lease lease : leases.get().all()) {
      if (lease.name().startsWith("s:")) {
        long epoch = Math.max(lease.counter(), epochs.getOrDefault(lease.name(), 0L)) + 1;
        raise(leases.get(), lease.name(), epoch, lease.version());
        missing.remove(lease.name());
      } else {
        leases.get().remove(lease.name());
      }
    }
    missing.forEach((name, epoch) -> raise(leases.get(), name, epoch + 1, ""));
  }

  private static void raise(LeaseTable leases, String name, long epoch, String version) {
    if (leases.put(new Lease(name, "", epoch, "", version)).isEmpty()) {
      throw new BackupException(
          "lease " + name + " changed meanwhile: stop the processes that use the target, and run"
              + " the restore again");
    }
  }
}
