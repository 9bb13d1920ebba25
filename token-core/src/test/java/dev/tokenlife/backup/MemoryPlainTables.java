package dev.tokenlife.backup;

import dev.tokenlife.spi.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** An application's tables, sorted maps of rows. */
final class MemoryPlainTables implements PlainTables {
  private final NavigableMap<String, NavigableMap<String, PlainRow>> tables = new TreeMap<>();

  @Override
  public NavigableSet<String> names() {
    return new TreeSet<>(tables.keySet());
  }

  @Override
  public void create(String table) {
    tables.computeIfAbsent(table, any -> new TreeMap<>());
  }

  @Override
  public Page<PlainRow> read(
      String table, Optional<String> partition, Optional<String> cursor, int limit) {
    List<PlainRow> rows = new ArrayList<>();
    for (var entry : rows(table).tailMap(cursor.orElse(""), false).entrySet()) {
      if (rows.size() == limit) {
        return new Page<>(rows, Optional.of(key(rows.get(limit - 1))));
      }
      rows.add(entry.getValue());
    }
    return new Page<>(rows, Optional.empty());
  }

  @Override
  public int addMissing(String table, List<PlainRow> rows) {
    return (int)
        rows.stream().filter(row -> rows(table).putIfAbsent(key(row), row) == null).count();
  }

  PlainRow row(String table, String key) {
    return Objects.requireNonNull(rows(table).get(key), key);
  }

  private NavigableMap<String, PlainRow> rows(String table) {
    return Objects.requireNonNull(tables.get(table), table);
  }

  private static String key(PlainRow row) {
    return row.partitionKey() + "/" + row.rowKey();
  }
}
