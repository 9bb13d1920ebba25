package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.spi.Page;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Remembers which partitions there are, so that clean-up and backup never scan a table: one small
 * row per partition in the {@code DueIndex}, written before the partition's first chain and renewed
 * by every process that still opens chains there, at most once in {@link #RENEWED}.
 */
final class PartitionNotes {
  static final Duration RENEWED = Duration.ofHours(1);

  private static final int SLICES = 16;
  private static final int REMEMBERED = 10_000;

  private final Table table;
  private final Calls calls;
  private final Ranges ranges;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Long> noted = new HashMap<>();

  PartitionNotes(Table table, Calls calls) {
    this.table = table;
    this.calls = calls;
    this.ranges = new Ranges(table, calls);
  }

  /**
   * A partition, and its note.
   *
   * @param notedAt when it was last written, on the service's clock, epoch milliseconds
   */
  record Note(String partition, long notedAt, String etag, String partitionKey, String rowKey) {}

  /**
   * Returns whether no process can be opening chains there without noting the partition first. An
   * hour is left for clocks that differ.
   */
  boolean isQuiet(Note note) {
    return note.notedAt() < calls.time().wallMillis() - 2 * RENEWED.toMillis();
  }

  /** Makes sure that a partition can be found again. */
  void note(String partition) {
    if (isNoted(partition)) {
      return;
    }
    long now = calls.time().nanos();
    TableEntity row =
        new TableEntity(partitionKey(partition), KeyCodec.part(partition))
            .addProperty("partition", partition);
    calls.repeatable(
        table.what("note", row.getPartitionKey(), row.getRowKey()),
        deadline -> table.upsert(deadline, Entities.copy(row)));
    lock.lock();
    try {
      if (noted.size() >= REMEMBERED) {
        noted.clear();
      }
      noted.put(partition, now);
    } finally {
      lock.unlock();
    }
  }

  /** Lists partitions, in no promised order. */
  Page<Note> list(Optional<String> cursor, int limit) {
    List<String> slices =
        IntStream.range(0, SLICES).mapToObj(PartitionNotes::partitionKey).toList();
    Page<TableEntity> page = ranges.across(slices, Keys::inPartition, cursor, limit);
    return new Page<>(
        page.items().stream()
            .map(
                row ->
                    new Note(
                        Entities.requireText(row, "partition"),
                        row.getTimestamp().toInstant().toEpochMilli(),
                        row.getETag(),
                        row.getPartitionKey(),
                        row.getRowKey()))
            .toList(),
        page.next());
  }

  /** Forgets an empty partition, unless somebody noted it again since the note was read. */
  void forget(Note note) {
    try {
      table.delete(calls.deadline(), note.partitionKey(), note.rowKey(), note.etag());
    } catch (Fault noted) {
      // Noted again, gone, or unreachable: the next clean-up sees.
    }
  }

  private boolean isNoted(String partition) {
    TimeSource time = calls.time();
    lock.lock();
    try {
      Long at = noted.get(partition);
      return at != null && time.nanos() - at < RENEWED.toNanos();
    } finally {
      lock.unlock();
    }
  }

  private static String partitionKey(String partition) {
    return partitionKey(KeyCodec.hash(partition) % SLICES);
  }

  private static String partitionKey(int slice) {
    return String.format(Locale.ROOT, "partitions_%02d", slice);
  }
}
