package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.spi.Page;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Remembers which partitions there are, so that a backup never scans a table: one small row per
 * partition in the {@code DueIndex}, written before the partition's first chain and renewed by
 * every process that still opens chains there, at most once in {@link Noted#RENEWED}.
 */
final class PartitionNotes {
  private static final int SLICES = 16;

  private final Table table;
  private final Calls calls;
  private final Ranges ranges;
  private final Noted noted;

  PartitionNotes(Table table, Calls calls) {
    this.table = table;
    this.calls = calls;
    this.ranges = new Ranges(table, calls);
    this.noted = new Noted(calls.time());
  }

  /** Makes sure that a partition can be found again. */
  void note(String partition) {
    noted.once(partition, () -> write(partition));
  }

  /** Lists partitions, in no promised order. */
  Page<String> list(Optional<String> cursor, int limit) {
    List<String> slices =
        IntStream.range(0, SLICES).mapToObj(PartitionNotes::partitionKey).toList();
    Page<TableEntity> page = ranges.across(slices, Keys::inPartition, cursor, limit);
    return new Page<>(
        page.items().stream().map(row -> Entities.requireText(row, "partition")).toList(),
        page.next());
  }

  /** Forgets an empty partition, unless somebody may be opening chains there. */
  void forget(String partition) {
    try {
      Deadline deadline = calls.deadline();
      TableEntity note =
          table.get(deadline, partitionKey(partition), KeyCodec.part(partition), List.of());
      if (noted.isQuiet(note.getTimestamp().toInstant().toEpochMilli())) {
        table.delete(deadline, note.getPartitionKey(), note.getRowKey(), note.getETag());
      }
    } catch (Fault stays) {
      // Noted again, gone, or unreachable: it is no more than a name in a list.
    }
  }

  private void write(String partition) {
    TableEntity row =
        new TableEntity(partitionKey(partition), KeyCodec.part(partition))
            .addProperty("partition", partition);
    calls.repeatable(
        table.what("note", row.getPartitionKey(), row.getRowKey()),
        deadline -> table.upsert(deadline, Entities.copy(row)));
  }

  private static String partitionKey(String partition) {
    return partitionKey(KeyCodec.hash(partition) % SLICES);
  }

  private static String partitionKey(int slice) {
    return String.format(Locale.ROOT, "partitions_%02d", slice);
  }
}
