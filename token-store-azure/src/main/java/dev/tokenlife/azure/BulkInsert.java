package dev.tokenlife.azure;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.TokenStore.Insertion;
import dev.tokenlife.spi.WriteResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Many insertions in few requests: those of one partition share entity group transactions. A
 * refused one is taken out and answered by itself, and the rest goes on.
 */
final class BulkInsert {
  /** Refusals of one batch after which its rows go one by one: most of them exist, it seems. */
  private static final int PATIENCE = 2;

  private final Table table;
  private final Calls calls;
  private final RowCodec codec;
  private final ChainWrites writes;
  private final HintBatch hints;

  BulkInsert(Table table, Calls calls, RowCodec codec, ChainWrites writes, HintBatch hints) {
    this.table = table;
    this.calls = calls;
    this.codec = codec;
    this.writes = writes;
    this.hints = hints;
  }

  List<WriteResult> insertAll(List<Insertion> insertions) {
    IdentityHashMap<ChainRow, DueHints.Written> announced =
        hints.announce(insertions.stream().map(Insertion::row).toList());
    Map<String, List<InsertionPack>> open = new LinkedHashMap<>();
    for (int i = 0; i < insertions.size(); i++) {
      Insertion insertion = insertions.get(i);
      ChangeSet changes =
          new ChangeSet(
              Op.insert(codec.entity(insertion.row())),
              insertion.row().key().partition(),
              insertion.companions());
      List<InsertionPack> packs =
          open.computeIfAbsent(changes.partitionKey(), any -> new ArrayList<>());
      if (packs.isEmpty() || !packs.get(packs.size() - 1).takes(changes)) {
        packs.add(new InsertionPack());
      }
      packs.get(packs.size() - 1).add(i, insertion, changes);
    }
    Map<Integer, WriteResult> results = new HashMap<>();
    open.values().forEach(packs -> packs.forEach(pack -> insert(pack, announced, results)));
    List<WriteResult> answers = new ArrayList<>(insertions.size());
    for (int i = 0; i < insertions.size(); i++) {
      answers.add(results.getOrDefault(i, new WriteResult.Lost(Optional.empty())));
    }
    return answers;
  }

  private void insert(
      InsertionPack pack,
      IdentityHashMap<ChainRow, DueHints.Written> announced,
      Map<Integer, WriteResult> results) {
    boolean repeated = false;
    for (int refused = 0; pack.size() > 1 && refused < PATIENCE; refused++) {
      Optional<Fault> fault = send(pack, results);
      if (fault.isEmpty()) {
        return;
      }
      int culprit = pack.memberOf(fault.get().index());
      if (fault.get().passing() || fault.get().kind() == Fault.Kind.INTERRUPTED || culprit < 0) {
        repeated = true;
        break;
      }
      insertAlone(pack.remove(culprit), announced, false, results);
    }
    while (pack.size() > 0) {
      insertAlone(pack.remove(0), announced, repeated, results);
    }
  }

  /** Sends the whole; what the fault does not name may be sent again, each row under its own op. */
  private Optional<Fault> send(InsertionPack pack, Map<Integer, WriteResult> results) {
    List<@Nullable String> etags;
    try {
      etags = table.batch(calls.deadline(), pack.ops());
    } catch (Fault fault) {
      return Optional.of(fault);
    }
    if (etags.isEmpty()) {
      return Optional.of(new Fault(Fault.Kind.LOST, "the client hides ETags", -1, null, null));
    }
    pack.written(etags, results);
    return Optional.empty();
  }

  private void insertAlone(
      InsertionPack.Member member,
      IdentityHashMap<ChainRow, DueHints.Written> announced,
      boolean repeated,
      Map<Integer, WriteResult> results) {
    ChainRow row = member.insertion().row();
    results.put(
        member.place(),
        writes.insertAnnounced(row, member.insertion().companions(), announced.get(row), repeated));
  }
}
