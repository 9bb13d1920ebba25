package dev.tokenlife.azure;

import dev.tokenlife.spi.StoreException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The limits of an entity group transaction, checked before sending: the emulator is too lax. */
final class Batches {
  static final int MAX_ROWS = 100;
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private Batches() {}

  /** Refuses what the service would refuse. */
  static void check(String table, List<Op> ops) {
    if (ops.isEmpty() || ops.size() > MAX_ROWS) {
      throw rejected(table, ops.size() + " operations of at least 1 and at most " + MAX_ROWS);
    }
    String partitionKey = ops.get(0).entity().getPartitionKey();
    Set<String> rowKeys = new HashSet<>();
    int bytes = 0;
    for (Op op : ops) {
      if (!op.entity().getPartitionKey().equals(partitionKey)) {
        throw rejected(table, "more than one partition");
      }
      if (!rowKeys.add(op.rowKey())) {
        throw rejected(table, "two operations on '" + op.rowKey() + "'");
      }
      Entities.check(table, op.entity());
      bytes += Entities.wireSize(op.entity());
    }
    if (bytes > MAX_BYTES) {
      throw rejected(table, bytes + " bytes of at most " + MAX_BYTES);
    }
  }

  private static StoreException rejected(String table, String why) {
    return new StoreException(
        StoreException.Kind.REJECTED, "a batch on table " + table + " cannot have " + why);
  }
}
