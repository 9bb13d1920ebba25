package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of the {@code DueIndex} that clean-up works by: for each day, the partition keys in
 * which a chain ends. A note is written before the row whose end it announces, so clean-up looks
 * where something ended and nowhere else. One note stands for all chains that end there on that
 * day; a process writes it again after an hour at the earliest, which makes its cost next to
 * nothing.
 */
final class EndNotes {
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final long LAST_SECOND = 9_999_999_999L;
  private static final int SLICES = 16;
  private static final String PARTITION = "partition";

  private final Table table;
  private final Calls calls;
  private final Keys keys;
  private final Noted noted;

  EndNotes(Table table, Calls calls, Keys keys) {
    this.table = table;
    this.calls = calls;
    this.keys = keys;
    this.noted = new Noted(calls.time());
  }

  /**
   * A partition key in which something ends.
   *
   * @param rows the partition key of the chains
   * @param row the note itself
   */
  record Note(String partition, String rows, TableEntity row) {}

  /** Some notes, and where to go on; null at the end. */
  record Notes(List<Note> notes, @Nullable String next) {}

  /** Announces a row that is about to be written, if it says when it ends. */
  void announce(ChainRow row) {
    Long endsAt = RowCodec.endsAt(row);
    if (endsAt != null) {
      announce(row.key(), endsAt);
    }
  }

  /** Announces that something of a partition key goes now, the last of it perhaps. */
  void announceNow(ChainKey key) {
    announce(key, calls.time().wallMillis());
  }

  /** Reads the notes of the days up to one, the oldest first. */
  Notes upTo(long endedBefore, Optional<String> cursor, int limit) {
    String filter =
        "PartitionKey ge '"
            + partitionKey(0, 0)
            + "' and PartitionKey le '"
            + partitionKey(day(endedBefore), SLICES)
            + "'";
    Slice slice =
        calls.repeatable(
            "clean-up by table " + table.name(),
            deadline -> table.query(deadline, filter, List.of(), limit, cursor.orElse(null)));
    List<Note> notes =
        slice.rows().stream()
            .map(row -> new Note(Entities.requireText(row, PARTITION), row.getRowKey(), row))
            .toList();
    return new Notes(notes, slice.token());
  }

  /** Forgets a note whose day is over, unless some process may rely on it still. */
  void forget(Note note, long endedBefore) {
    TableEntity row = note.row();
    boolean dayIsOver = row.getPartitionKey().compareTo(partitionKey(day(endedBefore), 0)) < 0;
    if (!dayIsOver || !noted.isQuiet(row.getTimestamp().toInstant().toEpochMilli())) {
      return;
    }
    try {
      table.delete(calls.deadline(), row.getPartitionKey(), row.getRowKey(), row.getETag());
    } catch (Fault stays) {
      // Renewed, gone, or unreachable: the next clean-up sees.
    }
  }

  private void announce(ChainKey key, long endsAt) {
    String rows = keys.partitionKey(key);
    String partitionKey = partitionKey(day(endsAt), KeyCodec.hash(rows) % SLICES);
    noted.once(partitionKey + ' ' + rows, () -> write(partitionKey, rows, key.partition()));
  }

  private void write(String partitionKey, String rows, String partition) {
    TableEntity row = new TableEntity(partitionKey, rows).addProperty(PARTITION, partition);
    calls.repeatable(
        table.what("note", partitionKey, rows),
        deadline -> table.upsert(deadline, Entities.copy(row)));
  }

  /** Returns the second in which a day starts, UTC. */
  private static long day(long millis) {
    long start = Math.max(0, millis) / DAY_MILLIS * (DAY_MILLIS / 1_000);
    return Math.min(start, LAST_SECOND);
  }

  private static String partitionKey(long day, int slice) {
    return String.format(Locale.ROOT, "over_%010d_%02d", day, slice);
  }
}
