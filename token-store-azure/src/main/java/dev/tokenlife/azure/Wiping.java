package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.spi.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Removes everything a partition has, in as few requests as the service allows. */
final class Wiping {
  private static final List<String> KEYS_ONLY = List.of("PartitionKey", "RowKey");

  private final Table table;
  private final Calls calls;
  private final Ranges ranges;

  Wiping(Table table, Calls calls) {
    this.table = table;
    this.calls = calls;
    this.ranges = new Ranges(table, calls);
  }

  /** Removes all rows of these partition keys and returns how many there were. */
  long wipe(List<String> partitionKeys) {
    return remove(partitionKeys, Keys::inPartition);
  }

  /** Removes the held-before markers of a partition key. */
  void removeMarkers(String partitionKey) {
    remove(List.of(partitionKey), any -> Keys.ofKind(partitionKey, Keys.HELD));
  }

  private long remove(List<String> partitionKeys, UnaryOperator<String> filter) {
    long removed = 0;
    for (String partitionKey : partitionKeys) {
      Optional<String> at = Optional.empty();
      do {
        Page<TableEntity> page = ranges.across(List.of(partitionKey), filter, KEYS_ONLY, at, 1_000);
        for (int from = 0; from < page.items().size(); from += Batches.MAX_ROWS) {
          int to = Math.min(page.items().size(), from + Batches.MAX_ROWS);
          remove(page.items().subList(from, to));
        }
        removed += page.items().size();
        at = page.next();
      } while (at.isPresent());
    }
    return removed;
  }

  private void remove(List<TableEntity> rows) {
    List<Op> ops =
        rows.stream().map(row -> Op.delete(row.getPartitionKey(), row.getRowKey())).toList();
    String what = "wipe of partition '" + rows.get(0).getPartitionKey() + "' of " + table.name();
    try {
      calls.repeatable(what, deadline -> together(deadline, ops));
    } catch (Fault oneIsGone) {
      for (Op op : ops) {
        calls.repeatable(what, deadline -> alone(deadline, op));
      }
    }
  }

  private boolean together(Deadline deadline, List<Op> ops) {
    table.batch(deadline, ops);
    return true;
  }

  private boolean alone(Deadline deadline, Op op) {
    table.delete(deadline, op.entity().getPartitionKey(), op.rowKey());
    return true;
  }
}
