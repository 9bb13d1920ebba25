package dev.tokenlife.azure;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.StoredChain;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A process of its own that writes a due hint, says so, and stops before it writes the row: to be
 * killed there.
 */
final class HalfWriter {
  static final String STOPPED = "between hint and row";

  private HalfWriter() {}

  /** Arguments: connection string, table prefix, partition, chain, when it is due then. */
  public static void main(String[] args) {
    FaultPolicy faults =
        new FaultPolicy()
            .always(
                FaultPolicy::isReplace,
                (request, forward) -> {
                  System.out.println(STOPPED);
                  while (true) {
                    LockSupport.park();
                  }
                });
    AzureTokenStore store =
        AzureTokenStore.builder()
            .connectionString(args[0])
            .tablePrefix(args[1])
            .addPolicy(faults)
            .build();
    StoredChain there = store.find(ChainKey.of(args[2], args[3])).orElseThrow();
    store.replace(
        dev.tokenlife.testing.Rows.refreshed(there.row(), Long.parseLong(args[4])),
        there.version(),
        List.of());
  }
}
