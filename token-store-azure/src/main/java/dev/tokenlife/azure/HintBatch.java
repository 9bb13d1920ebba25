package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.model.ChainRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes the due hints of many new rows, those of one shard and hour together. */
final class HintBatch {
  private final Table table;
  private final DueHints hints;
  private final Calls calls;

  HintBatch(Table table, DueHints hints, Calls calls) {
    this.table = table;
    this.hints = hints;
    this.calls = calls;
  }

  /** Announces all rows and returns the hints that were written, by row. */
  IdentityHashMap<ChainRow, DueHints.Written> announce(List<ChainRow> rows) {
    Map<String, List<ChainRow>> together = new HashMap<>();
    for (ChainRow row : rows) {
      OptionalLong dueAt = Version.dueAt(row);
      if (dueAt.isPresent()) {
        together
            .computeIfAbsent(
                DueHints.place(row.key(), dueAt.getAsLong()).partitionKey(),
                any -> new ArrayList<>())
            .add(row);
      }
    }
    IdentityHashMap<ChainRow, DueHints.Written> written = new IdentityHashMap<>();
    for (List<ChainRow> some : together.values()) {
      for (int from = 0; from < some.size(); from += Batches.MAX_ROWS) {
        announce(some.subList(from, Math.min(some.size(), from + Batches.MAX_ROWS)), written);
      }
    }
    return written;
  }

  private void announce(List<ChainRow> some, IdentityHashMap<ChainRow, DueHints.Written> written) {
    Map<String, TableEntity> entities = new HashMap<>();
    for (ChainRow row : some) {
      TableEntity entity = DueHints.entity(row, Version.dueAt(row).orElseThrow());
      entities.put(entity.getRowKey(), entity);
    }
    if (some.size() == 1 || entities.size() < some.size() || !sentTogether(some, written)) {
      for (ChainRow row : some) {
        DueHints.Written hint = hints.announce(row, OptionalLong.empty());
        if (hint != null) {
          written.put(row, hint);
        }
      }
    }
  }

  private boolean sentTogether(
      List<ChainRow> some, IdentityHashMap<ChainRow, DueHints.Written> written) {
    List<Op> ops =
        some.stream()
            .map(row -> Op.upsert(DueHints.entity(row, Version.dueAt(row).orElseThrow())))
            .toList();
    List<@Nullable String> etags;
    try {
      etags = table.batch(calls.deadline(), ops);
    } catch (Fault fault) {
      return false;
    }
    for (int i = 0; i < etags.size(); i++) {
      String etag = etags.get(i);
      if (etag != null) {
        Op op = ops.get(i);
        written.put(
            some.get(i),
            new DueHints.Written(
                new DueHints.Place(op.entity().getPartitionKey(), op.rowKey()), etag));
      }
    }
    return true;
  }
}
