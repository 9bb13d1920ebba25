package dev.tokenlife.azure;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.WriteResult;
import java.util.Optional;

/**
 * Judges what the attempts of one conditional write brought, see {@link ChainWrites}. Used by one
 * thread.
 */
final class Verdict {
  private final ChainReads reads;
  private final ChainRow row;
  private final Optional<String> expected;
  private final ChangeSet changes;
  private final Deadline deadline;
  private final String what;
  private boolean repeated;
  private boolean unknown;
  private boolean again;

  /**
   * Starts before the first attempt.
   *
   * @param expected the ETag the row must have; empty if there must be none
   * @param repeated whether an attempt was made before already
   */
  Verdict(
      ChainReads reads,
      ChainRow row,
      Optional<String> expected,
      ChangeSet changes,
      Deadline deadline,
      String what,
      boolean repeated) {
    this.reads = reads;
    this.row = row;
    this.expected = expected;
    this.changes = changes;
    this.deadline = deadline;
    this.what = what;
    this.repeated = repeated;
  }

  /** Returns once whether the next attempt needs no pause: the write itself was changed. */
  boolean again() {
    boolean now = again;
    again = false;
    return now;
  }

  /** Returns whether an answer was lost, so that giving up leaves it open what happened. */
  boolean isUnknown() {
    return unknown;
  }

  /** Returns what the write came to; empty if it has to be sent again. */
  Optional<WriteResult> after(Fault fault) {
    boolean first = !repeated;
    repeated = true;
    switch (fault.kind()) {
      case PRECONDITION, EXISTS, MISSING -> {
        return refused(fault, first);
      }
      case LOST -> {
        unknown = true;
        return readBack();
      }
      case INTERRUPTED -> throw fault.giveUp(what, true);
      case THROTTLED, NOT_SENT, BEING_DELETED -> {
        return Optional.empty();
      }
      default -> throw fault.giveUp(what, unknown);
    }
  }

  private Optional<WriteResult> refused(Fault fault, boolean first) {
    Optional<StoredChain> current = current();
    if (!isAsExpected(current)) {
      return Optional.of(first ? new WriteResult.Lost(current) : overtaken(current));
    }
    int index = fault.index();
    if (index > 0 && fault.kind() == Fault.Kind.MISSING && changes.withoutDeletion(index)) {
      again = true;
      return Optional.empty();
    }
    Companion there = index > 0 ? changes.insertedBy(index) : null;
    return there == null ? anyCompanion() : existing(there).or(this::anyCompanion);
  }

  /** After an answer was lost: ours, somebody else's, or still to be written. */
  private Optional<WriteResult> readBack() {
    Optional<StoredChain> current = current();
    return isAsExpected(current) ? Optional.empty() : Optional.of(overtaken(current));
  }

  private Optional<StoredChain> current() {
    try {
      return reads.find(deadline, row.key());
    } catch (StoreException e) {
      if (!unknown) {
        throw e;
      }
      throw new StoreException(
          StoreException.Kind.UNKNOWN, what + ": the answer was lost and reading back failed", e);
    }
  }

  private boolean isAsExpected(Optional<StoredChain> current) {
    Optional<String> etag = current.map(c -> Version.parse(c.version()).etag());
    return etag.equals(expected.map(Etags::repaired));
  }

  private WriteResult overtaken(Optional<StoredChain> current) {
    if (current.isPresent() && isMine(current.get())) {
      return new WriteResult.Written(current.get().version());
    }
    boolean further =
        current.isEmpty() || current.get().row().control().revision() > row.control().revision();
    if (unknown && further) {
      throw new StoreException(
          StoreException.Kind.UNKNOWN,
          what + ": the answer was lost and the row has moved on since; read it again");
    }
    return new WriteResult.Lost(current);
  }

  private boolean isMine(StoredChain current) {
    return current.row().control().op().equals(row.control().op())
        && current.row().control().revision() == row.control().revision();
  }

  private Optional<WriteResult> anyCompanion() {
    return changes.inserted().stream().flatMap(c -> existing(c).stream()).findFirst();
  }

  private Optional<WriteResult> existing(Companion companion) {
    return reads
        .companion(deadline, changes.partitionKey(), companion)
        .map(WriteResult.CompanionExists::new);
  }
}
