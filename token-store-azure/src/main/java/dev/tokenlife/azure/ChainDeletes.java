package dev.tokenlife.azure;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Conditional removal of one chain, with its place in the holder index and its due hint. */
final class ChainDeletes {
  private final Table table;
  private final Calls calls;
  private final ChainReads reads;
  private final Keys keys;
  private final DueHints hints;

  ChainDeletes(Table table, Calls calls, ChainReads reads, Keys keys, DueHints hints) {
    this.table = table;
    this.calls = calls;
    this.reads = reads;
    this.keys = keys;
    this.hints = hints;
  }

  /** Removes a chain that still has a version; false if it has not. */
  boolean delete(ChainKey key, Version expected) {
    Deadline deadline = calls.deadline();
    Optional<StoredChain> there = reads.find(deadline, key).filter(c -> has(c, expected));
    if (there.isEmpty()) {
      return false;
    }
    boolean deleted = delete(deadline, there.get(), expected.etag());
    if (deleted && expected.dueAt().isPresent()) {
      hints.drop(key, expected.dueAt().getAsLong(), there.get().row().control().revision());
    }
    return deleted;
  }

  /** A batch even for one row: a single deletion of a missing row would look like success. */
  private boolean delete(Deadline deadline, StoredChain chain, String etag) {
    List<Op> ops = ops(chain, etag);
    String what =
        table.what("deletion", ops.get(0).entity().getPartitionKey(), ops.get(0).rowKey());
    boolean unknown = false;
    for (int tries = 1; ; tries++) {
      Fault fault;
      try {
        table.batch(deadline, ops);
        return true;
      } catch (Fault caught) {
        fault = caught;
      }
      if (fault.kind() == Fault.Kind.MISSING && fault.index() == 1) {
        ops = ops.subList(0, 1);
        continue;
      }
      if (fault.kind() == Fault.Kind.PRECONDITION || fault.kind() == Fault.Kind.MISSING) {
        return refused(what, unknown);
      }
      unknown |= fault.kind() == Fault.Kind.LOST || fault.kind() == Fault.Kind.INTERRUPTED;
      if (!fault.passing() || !calls.paused(what, deadline, tries, fault, unknown)) {
        throw fault.giveUp(what, unknown);
      }
    }
  }

  private static boolean refused(String what, boolean unknown) {
    if (unknown) {
      throw new StoreException(
          StoreException.Kind.UNKNOWN, what + ": gone or changed after an answer was lost");
    }
    return false;
  }

  private List<Op> ops(StoredChain chain, String etag) {
    ChainKey key = chain.row().key();
    String partitionKey = keys.partitionKey(key);
    List<Op> ops = new ArrayList<>();
    ops.add(Op.delete(partitionKey, Keys.chain(key.id()), etag));
    String holder = chain.row().position().holder();
    if (holder != null) {
      ops.add(Op.delete(partitionKey, Keys.holder(holder, key.id())));
    }
    return ops;
  }

  private static boolean has(StoredChain chain, Version expected) {
    return Version.parse(chain.version()).etag().equals(Etags.repaired(expected.etag()));
  }
}
