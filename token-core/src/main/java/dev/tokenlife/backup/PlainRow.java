package dev.tokenlife.backup;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A row of one of the application's own tables.
 *
 * @param columns by name: {@link String}, {@link Integer}, {@link Long}, {@link Double}, {@link
 *     Boolean}, {@code byte[]}, {@link java.time.OffsetDateTime} or {@link java.util.UUID}
 */
public record PlainRow(String partitionKey, String rowKey, Map<String, Object> columns) {
  /** Copies the columns, in the order of their names: the same row is the same line. */
  public PlainRow {
    columns = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(columns)));
  }

  /** Names the columns, and shows none: an application's rows may hold secrets. */
  @Override
  public String toString() {
    return "PlainRow[" + partitionKey + "/" + rowKey + ", columns " + columns.keySet() + "]";
  }
}
