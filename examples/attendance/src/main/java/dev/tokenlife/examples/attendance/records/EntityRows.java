package dev.tokenlife.examples.attendance.records;

import com.azure.data.tables.models.TableEntity;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Rows as entities of the SDK and back. */
final class EntityRows {
  private static final String ETAG = "odata.etag";
  private static final Set<String> SYSTEM = Set.of("PartitionKey", "RowKey", "Timestamp");
  private static final int LONGEST_KEY = 512;

  private EntityRows() {}

  /** Returns whether the service takes this as a key; nothing is stored under anything else. */
  static boolean canBeKey(String key) {
    return !key.isEmpty()
        && key.length() <= LONGEST_KEY
        && key.codePoints().noneMatch(EntityRows::isRefused);
  }

  static TableEntity entity(AppRow row) {
    TableEntity entity = new TableEntity(row.partition(), row.id());
    row.columns().forEach(entity::addProperty);
    return entity;
  }

  /** Returns the entity with the ETag it has to have; the SDK has no setter. */
  static TableEntity conditional(AppRow row, String etag) {
    return entity(row).addProperty(ETAG, etag);
  }

  /** Reads what other applications wrote too: whole numbers of any size, and no other types. */
  static StoredRow stored(TableEntity entity) {
    Map<String, Object> columns = new HashMap<>();
    entity
        .getProperties()
        .forEach(
            (name, value) -> {
              if (SYSTEM.contains(name) || name.contains("odata.")) {
                return;
              }
              if (value instanceof Integer number) {
                columns.put(name, number.longValue());
              } else if (value instanceof String
                  || value instanceof Long
                  || value instanceof Boolean) {
                columns.put(name, value);
              }
            });
    AppRow row = new AppRow(entity.getPartitionKey(), entity.getRowKey(), columns);
    return new StoredRow(row, whole(entity.getETag()));
  }

  /** Gives back the closing quote that the SDK takes from headers. */
  private static String whole(String etag) {
    return etag.startsWith("W/\"") && !etag.endsWith("\"") ? etag + '"' : etag;
  }

  private static boolean isRefused(int letter) {
    return "/\\#?".indexOf(letter) >= 0
        || Character.isISOControl(letter)
        || Character.getType(letter) == Character.SURROGATE;
  }
}
