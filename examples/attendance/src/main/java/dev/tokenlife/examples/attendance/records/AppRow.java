package dev.tokenlife.examples.attendance.records;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of a table.
 *
 * @param partition the partition key
 * @param id the row key within it
 * @param columns named values: {@link String}, {@link Long} or {@link Boolean}; what is absent is
 *     not there
 */
public record AppRow(String partition, String id, Map<String, Object> columns) {
  /** Copies the columns, and refuses values that not every store can keep. */
  public AppRow {
    columns = Map.copyOf(columns);
    columns.forEach(
        (name, value) -> {
          if (!(value instanceof String || value instanceof Long || value instanceof Boolean)) {
            throw new IllegalArgumentException(
                "column " + name + " must be text, a whole number or a truth value: " + value);
          }
        });
  }

  /** Returns a text column, or something else where an older application did not write it. */
  public String text(String column, String otherwise) {
    return columns.containsKey(column) ? text(column) : otherwise;
  }

  /** Returns a text column. */
  public String text(String column) {
    if (columns.get(column) instanceof String text) {
      return text;
    }
    throw new IllegalStateException(partition + "/" + id + " has no text in column " + column);
  }

  /** Returns a time column in Unix seconds; null if it is not set. */
  public @Nullable Long seconds(String column) {
    return columns.get(column) instanceof Long seconds ? seconds : null;
  }

  /** Returns a truth column; false if it is not set. */
  public boolean flag(String column) {
    return columns.get(column) instanceof Boolean flag && flag;
  }

  /** Returns the row with one column changed. */
  public AppRow with(String column, Object value) {
    return with(Map.of(column, value));
  }

  /** Returns the row with some columns changed. */
  public AppRow with(Map<String, Object> some) {
    Map<String, Object> changed = new HashMap<>(columns);
    changed.putAll(some);
    return new AppRow(partition, id, changed);
  }
}
