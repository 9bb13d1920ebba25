package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.azure.PartitionNotes.Note;
import dev.tokenlife.spi.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Removes chains that have been over for longer than the retention, partition by partition, with
 * their places in the holder index. Every removal is conditional on the row that was read, so a
 * chain that comes back to life meanwhile stays. Effects nobody acknowledged stay too; held-before
 * markers go with the last chain of their partition.
 */
final class CleanUp {
  private static final int CHAINS_A_BATCH = Batches.MAX_ROWS / 2;
  private static final List<String> COLUMNS =
      List.of("PartitionKey", "RowKey", RowCodec.HOLDER, RowCodec.ENDS_AT);

  private final Table chains;
  private final Calls calls;
  private final Ranges ranges;
  private final Keys keys;
  private final PartitionNotes notes;
  private final Wiping wiping;

  CleanUp(Table chains, Calls calls, Keys keys, PartitionNotes notes) {
    this.chains = chains;
    this.calls = calls;
    this.ranges = new Ranges(chains, calls);
    this.keys = keys;
    this.notes = notes;
    this.wiping = new Wiping(chains, calls);
  }

  private static final class Tally {
    private long partitions;
    private long removed;
    private long kept;
  }

  /**
   * Works through partitions until all were seen or the time is over.
   *
   * @param endedBefore epoch milliseconds; chains over since before this go
   */
  CleanUpReport run(long endedBefore, Optional<String> cursor, Duration most) {
    Tally tally = new Tally();
    long end = calls.time().nanos() + most.toNanos();
    Optional<String> at = cursor;
    do {
      Page<Note> page = notes.list(at, 20);
      for (Note note : page.items()) {
        clean(note, endedBefore, tally);
      }
      at = page.next();
    } while (at.isPresent() && calls.time().nanos() < end);
    return new CleanUpReport(tally.partitions, tally.removed, tally.kept, at);
  }

  private void clean(Note note, long endedBefore, Tally tally) {
    tally.partitions++;
    boolean empty = notes.isQuiet(note);
    for (String partitionKey : keys.partitionKeys(note.partition())) {
      removeOver(partitionKey, endedBefore, tally);
      empty = empty && !has(partitionKey, Keys.CHAIN) && emptied(partitionKey);
    }
    if (empty) {
      notes.forget(note);
    }
  }

  private void removeOver(String partitionKey, long endedBefore, Tally tally) {
    String over =
        Keys.ofKind(partitionKey, Keys.CHAIN)
            + " and "
            + RowCodec.ENDS_AT
            + " lt "
            + endedBefore
            + "L";
    Optional<String> at = Optional.empty();
    do {
      Page<TableEntity> page =
          ranges.across(List.of(partitionKey), any -> over, COLUMNS, at, CHAINS_A_BATCH);
      remove(page.items(), tally);
      at = page.next();
    } while (at.isPresent());
  }

  private void remove(List<TableEntity> rows, Tally tally) {
    if (rows.isEmpty()) {
      return;
    }
    if (rows.size() > 1 && removed(rows)) {
      tally.removed += rows.size();
      return;
    }
    for (TableEntity row : rows) {
      if (removed(List.of(row))) {
        tally.removed++;
      } else {
        tally.kept++;
      }
    }
  }

  /** A holder index that is missing already refuses the batch; then it goes without. */
  private boolean removed(List<TableEntity> rows) {
    return removed(rows, true) || (rows.size() == 1 && removed(rows, false));
  }

  private boolean removed(List<TableEntity> rows, boolean withIndex) {
    List<Op> ops = new ArrayList<>();
    for (TableEntity row : rows) {
      ops.add(Op.delete(row.getPartitionKey(), row.getRowKey(), row.getETag()));
      String holder = Entities.text(row, RowCodec.HOLDER);
      if (withIndex && holder != null) {
        String id = row.getRowKey().substring(Keys.CHAIN.length() + 1);
        ops.add(Op.delete(row.getPartitionKey(), Keys.holderPrefix(holder) + id));
      }
    }
    try {
      chains.batch(calls.deadline(), ops);
      return true;
    } catch (Fault fault) {
      return false;
    }
  }

  private boolean has(String partitionKey, String kind) {
    return !ranges
        .across(
            List.of(partitionKey),
            any -> Keys.ofKind(partitionKey, kind),
            List.of("RowKey"),
            Optional.empty(),
            1)
        .items()
        .isEmpty();
  }

  /** Removes what is left of a partition without chains, unless an effect waits there. */
  private boolean emptied(String partitionKey) {
    if (has(partitionKey, Keys.EFFECT)) {
      return false;
    }
    wiping.removeMarkers(partitionKey);
    return true;
  }
}
