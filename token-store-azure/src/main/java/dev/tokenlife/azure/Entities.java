package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.spi.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and checks entities. The service's limits are checked here, the emulator's are others. */
final class Entities {
  static final int MAX_TEXT = 32_768;
  static final int MAX_COLUMNS = 252;

  /** A quarter of the service's limit, counted as it stores text: two bytes a character. */
  static final int MAX_BYTES = 256 * 1024;

  private static final Set<String> SYSTEM =
      Set.of("PartitionKey", "RowKey", "Timestamp", "odata.etag");

  private Entities() {}

  /** Returns a text column; numbers and booleans as text; null if absent. */
  static @Nullable String text(TableEntity entity, String column) {
    Object value = entity.getProperty(column);
    return value == null ? null : value.toString();
  }

  /** Returns a text column that must be there. */
  static String requireText(TableEntity entity, String column) {
    String value = text(entity, column);
    if (value == null) {
      throw new StoreException(
          StoreException.Kind.UNREADABLE, where(entity) + ": there is no column " + column);
    }
    return value;
  }

  /** Returns a number column, whatever type another application gave it. */
  static long number(TableEntity entity, String column, long absent) {
    Object value = entity.getProperty(column);
    if (value instanceof Number number) {
      return number.longValue();
    }
    if (value instanceof String text && text.matches("-?\\d{1,18}(\\.0*)?")) {
      return (long) Double.parseDouble(text);
    }
    return absent;
  }

  static boolean flag(TableEntity entity, String column) {
    return Boolean.TRUE.equals(entity.getProperty(column));
  }

  /** Adds a column unless there is nothing to say. */
  static void put(TableEntity entity, String column, @Nullable Object value) {
    if (value != null) {
      entity.addProperty(column, value);
    }
  }

  /** Returns a copy without what the service adds; every write sends a fresh entity. */
  static TableEntity copy(TableEntity entity) {
    TableEntity copy = new TableEntity(entity.getPartitionKey(), entity.getRowKey());
    for (Map.Entry<String, Object> column : entity.getProperties().entrySet()) {
      if (!SYSTEM.contains(column.getKey()) && !column.getKey().startsWith("odata.")) {
        put(copy, column.getKey(), column.getValue());
      }
    }
    return copy;
  }

  /**
   * Refuses what the service would refuse, before anything is sent.
   *
   * @return the size it will have in the store, in bytes
   */
  static int check(String table, TableEntity entity) {
    int columns = 0;
    int bytes = 4 + 2 * (entity.getPartitionKey().length() + entity.getRowKey().length());
    for (Map.Entry<String, Object> column : entity.getProperties().entrySet()) {
      if (SYSTEM.contains(column.getKey())) {
        continue;
      }
      columns++;
      int size = size(column.getValue());
      if (column.getValue() instanceof String text && text.length() > MAX_TEXT) {
        throw tooLarge(table, entity, "column " + column.getKey() + " has " + text.length());
      }
      bytes += 8 + 2 * column.getKey().length() + size;
    }
    if (columns > MAX_COLUMNS) {
      throw tooLarge(table, entity, "it has " + columns + " columns of at most " + MAX_COLUMNS);
    }
    if (bytes > MAX_BYTES) {
      throw tooLarge(table, entity, "it has " + bytes + " bytes of at most " + MAX_BYTES);
    }
    return bytes;
  }

  static String where(TableEntity entity) {
    return "row '" + entity.getRowKey() + "' of partition '" + entity.getPartitionKey() + "'";
  }

  private static int size(@Nullable Object value) {
    if (value instanceof String text) {
      return 4 + 2 * text.length();
    }
    return value instanceof byte[] bytes ? 4 + bytes.length : 16;
  }

  /** Returns how many bytes an entity takes in a batch request, a little too much. */
  static int wireSize(TableEntity entity) {
    int bytes = 1_200;
    for (Map.Entry<String, Object> column : entity.getProperties().entrySet()) {
      Object value = column.getValue();
      bytes += 80 + column.getKey().length();
      bytes += value == null ? 0 : value.toString().getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }

  private static StoreException tooLarge(String table, TableEntity entity, String why) {
    return new StoreException(
        StoreException.Kind.REJECTED,
        "table " + table + ", " + where(entity) + " is too large: " + why);
  }
}
