package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.azure.EndNotes.Note;
import dev.tokenlife.azure.EndNotes.Notes;
import dev.tokenlife.spi.Page;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Removes chains that have been over for longer than the retention, where {@link EndNotes} say that
 * something ended. Effects nobody acknowledged stay; held-before markers go with the last chain of
 * their partition key.
 */
final class CleanUp {
  private static final int CHAINS_A_BATCH = Batches.MAX_ROWS / 2;
  private static final int NOTES_A_PAGE = 20;

  private final Calls calls;
  private final Ranges ranges;
  private final Keys keys;
  private final EndNotes ends;
  private final PartitionNotes partitions;
  private final Wiping wiping;
  private final Removal removal;

  CleanUp(Parts parts) {
    this.calls = parts.calls;
    this.ranges = parts.chains();
    this.keys = parts.keys;
    this.ends = parts.ends;
    this.partitions = parts.partitions;
    this.wiping = new Wiping(parts.tables.chains(), parts.calls);
    this.removal = new Removal(parts.tables.chains(), parts.calls, parts.view);
  }

  /**
   * Works through the notes until all were seen or the time is over.
   *
   * @param endedBefore epoch milliseconds; chains over since before this go
   */
  CleanUpReport run(long endedBefore, Optional<String> cursor, Duration most) {
    CleanUpReport done = new CleanUpReport(0, 0, 0, cursor);
    long end = calls.time().nanos() + most.toNanos();
    do {
      Notes page = ends.upTo(endedBefore, done.next(), NOTES_A_PAGE);
      done = done.goingOnAt(Optional.ofNullable(page.next()));
      for (Note note : page.notes()) {
        done = done.plus(clean(note, endedBefore));
      }
    } while (done.next().isPresent() && calls.time().nanos() < end);
    return done;
  }

  private Removal.Tally clean(Note note, long endedBefore) {
    Removal.Tally tally = removeOver(note.rows(), endedBefore);
    boolean empty = !has(note.rows(), Keys.CHAIN);
    // A note without chains is kept for the sake of an effect that waits there.
    boolean settled = empty ? emptied(note.rows()) : tally.kept() == 0;
    if (settled) {
      ends.forget(note, endedBefore);
    }
    if (empty && settled && isEmptyBeside(note)) {
      partitions.forget(note.partition());
    }
    return tally;
  }

  private Removal.Tally removeOver(String partitionKey, long endedBefore) {
    String over =
        Keys.ofKind(partitionKey, Keys.CHAIN)
            + " and "
            + RowCodec.ENDS_AT
            + " lt "
            + endedBefore
            + "L";
    Removal.Tally tally = new Removal.Tally(0, 0);
    Optional<String> at = Optional.empty();
    do {
      Page<TableEntity> page =
          ranges.across(List.of(partitionKey), any -> over, Removal.COLUMNS, at, CHAINS_A_BATCH);
      tally = tally.plus(removal.remove(page.items()));
      at = page.next();
    } while (at.isPresent());
    return tally;
  }

  private boolean isEmptyBeside(Note note) {
    return keys.partitionKeys(note.partition()).stream()
        .filter(rows -> !rows.equals(note.rows()))
        .noneMatch(rows -> has(rows, Keys.CHAIN) || has(rows, Keys.EFFECT));
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
