package dev.tokenlife.azure.backup;

import java.util.Map;

/**
 * A row of an application's table.
 *
 * @param columns text, whole and other numbers, truth values, bytes, times and UUIDs by name
 */
public record PlainRow(String partitionKey, String rowKey, Map<String, Object> columns) {
  /** Copies the columns. */
  public PlainRow {
    columns = Map.copyOf(columns);
  }

  @Override
  public String toString() {
    return "PlainRow[" + partitionKey + "/" + rowKey + ", columns " + columns.keySet() + "]";
  }
}
