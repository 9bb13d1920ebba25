package dev.tokenlife.azure;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.WriteResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Conditional writes of one chain and its companions.
 *
 * <p>Whatever the service refuses may be our own success, if an earlier attempt was executed and
 * its answer lost: the row is read back and its {@code op} compared. A row that still has the
 * expected version is written again under the same condition, so that at most one of the attempts
 * is ever executed. Only a row that has moved on further than one write leaves the question open.
 */
final class ChainWrites {
  private final Table table;
  private final Calls calls;
  private final ChainReads reads;
  private final RowCodec codec;
  private final DueHints hints;
  private final boolean foreignRetries;

  /**
   * Works on the table of chains.
   *
   * @param foreignRetries whether the client may repeat requests by itself
   */
  ChainWrites(
      Table table,
      Calls calls,
      ChainReads reads,
      RowCodec codec,
      DueHints hints,
      boolean foreignRetries) {
    this.table = table;
    this.calls = calls;
    this.reads = reads;
    this.codec = codec;
    this.hints = hints;
    this.foreignRetries = foreignRetries;
  }

  WriteResult insert(ChainRow row, List<CompanionChange> companions) {
    DueHints.Written hint = hints.announce(row, OptionalLong.empty());
    return insertAnnounced(row, companions, hint, foreignRetries);
  }

  /**
   * Inserts a row whose hint is written.
   *
   * @param repeated whether an earlier attempt may have been executed
   */
  WriteResult insertAnnounced(
      ChainRow row,
      List<CompanionChange> companions,
      DueHints.@Nullable Written hint,
      boolean repeated) {
    ChangeSet changes =
        new ChangeSet(Op.insert(codec.entity(row)), row.key().partition(), companions);
    WriteResult result = write(row, Optional.empty(), changes, repeated);
    hints.settle(row, OptionalLong.empty(), hint, result);
    return result;
  }

  WriteResult replace(ChainRow row, Version expected, List<CompanionChange> companions) {
    DueHints.Written hint = hints.announce(row, expected.dueAt());
    ChangeSet changes =
        new ChangeSet(
            Op.replace(codec.entity(row), expected.etag()), row.key().partition(), companions);
    WriteResult result = write(row, Optional.of(expected.etag()), changes, foreignRetries);
    hints.settle(row, expected.dueAt(), hint, result);
    return result;
  }

  private WriteResult write(
      ChainRow row, Optional<String> expected, ChangeSet changes, boolean repeatedBefore) {
    Deadline deadline = calls.deadline();
    String what = table.what("write", changes.partitionKey(), changes.chain().rowKey());
    Verdict verdict = new Verdict(reads, row, expected, changes, deadline, what, repeatedBefore);
    for (int tries = 1; ; tries++) {
      Fault fault;
      try {
        return new WriteResult.Written(Version.of(row, send(deadline, row, changes)).text());
      } catch (Fault caught) {
        fault = caught;
      }
      Optional<WriteResult> decided = verdict.after(fault);
      if (decided.isPresent()) {
        return decided.get();
      }
      if (!verdict.again() && !calls.paused(what, deadline, tries, fault, verdict.isUnknown())) {
        throw fault.giveUp(what, verdict.isUnknown());
      }
    }
  }

  private String send(Deadline deadline, ChainRow row, ChangeSet changes) {
    Op chain = changes.chain();
    if (!changes.isSingle()) {
      List<@Nullable String> etags = table.batch(deadline, changes.ops());
      String etag = etags.isEmpty() ? null : etags.get(0);
      return etag == null ? etagByReading(deadline, row) : etag;
    }
    return chain.etag() == null
        ? table.insert(deadline, chain.entity())
        : table.replace(deadline, chain.entity(), chain.etag());
  }

  /**
   * For clients that hide the ETags of a batch; a later row of somebody else is no ETag of ours.
   */
  private String etagByReading(Deadline deadline, ChainRow row) {
    return reads
        .find(deadline, row.key())
        .filter(there -> there.row().control().op().equals(row.control().op()))
        .map(there -> Version.parse(there.version()).etag())
        .orElseThrow(
            () ->
                new StoreException(
                    StoreException.Kind.UNKNOWN,
                    "write of " + row.key() + " was changed again before its version was read"));
  }
}
