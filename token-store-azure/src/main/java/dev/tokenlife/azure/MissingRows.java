package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Adds rows that are missing, up to 100 to a request. If one of them is there, all that are there
 * are found by one query and left out; so to do the same again costs two requests for 100 rows.
 */
final class MissingRows {
  /** Leaves room for what the estimate of a row's size does not know. */
  private static final int MAX_BYTES = Batches.MAX_BYTES * 3 / 4;

  /** Rows that come and go while they are added keep nobody busy for ever. */
  private static final int TRIES = 5;

  private final Table table;
  private final Calls calls;

  MissingRows(Table table, Calls calls) {
    this.table = table;
    this.calls = calls;
  }

  /** Returns those of the rows that were added by this call. */
  Set<TableEntity> add(List<TableEntity> rows) {
    Map<String, List<TableEntity>> together = new TreeMap<>();
    for (TableEntity row : rows) {
      together.computeIfAbsent(row.getPartitionKey(), any -> new ArrayList<>()).add(row);
    }
    Set<TableEntity> added = Collections.newSetFromMap(new IdentityHashMap<>());
    for (List<TableEntity> some : together.values()) {
      packs(some).forEach(pack -> added.addAll(addPack(pack)));
    }
    return added;
  }

  /** In the order of their keys, so that what is there is found in a short range. */
  private List<List<TableEntity>> packs(List<TableEntity> rows) {
    rows.sort(Comparator.comparing(TableEntity::getRowKey));
    List<List<TableEntity>> packs = new ArrayList<>();
    List<TableEntity> pack = new ArrayList<>();
    String last = "";
    int bytes = 0;
    for (TableEntity row : rows) {
      if (row.getRowKey().equals(last) && !pack.isEmpty()) {
        continue;
      }
      int size = Entities.wireSize(row);
      if (pack.size() == Batches.MAX_ROWS || bytes + size > MAX_BYTES) {
        packs.add(pack);
        pack = new ArrayList<>();
        bytes = 0;
      }
      pack.add(row);
      last = row.getRowKey();
      bytes += size;
    }
    packs.add(pack);
    return packs;
  }

  private List<TableEntity> addPack(List<TableEntity> pack) {
    List<TableEntity> missing = pack;
    for (int tries = 1; !missing.isEmpty(); tries++) {
      List<Op> ops = missing.stream().map(row -> Op.insert(Entities.copy(row))).toList();
      String what = table.what("addition", pack.get(0).getPartitionKey(), pack.get(0).getRowKey());
      try {
        calls.repeatable(what, deadline -> table.batch(deadline, ops));
        return missing;
      } catch (Fault refused) {
        if (refused.kind() != Fault.Kind.EXISTS || tries == TRIES) {
          throw refused.giveUp(what);
        }
        Set<String> there = there(missing);
        missing = missing.stream().filter(row -> !there.contains(row.getRowKey())).toList();
      }
    }
    return missing;
  }

  /** Returns the row keys between the first and the last of these. */
  private Set<String> there(List<TableEntity> rows) {
    String range =
        Keys.inPartition(Table.quoted(rows.get(0).getPartitionKey()))
            + " and RowKey ge '"
            + Table.quoted(rows.get(0).getRowKey())
            + "' and RowKey le '"
            + Table.quoted(rows.get(rows.size() - 1).getRowKey())
            + "'";
    Set<String> there = new HashSet<>();
    Optional<String> at = Optional.empty();
    do {
      String from = at.orElse(null);
      Slice page =
          calls.repeatable(
              "query of table " + table.name() + " for " + range,
              deadline -> table.query(deadline, range, List.of("RowKey"), 1_000, from));
      page.rows().forEach(row -> there.add(row.getRowKey()));
      at = Optional.ofNullable(page.token());
    } while (at.isPresent());
    return there;
  }
}
