package dev.tokenlife.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Columns with their types: {@code {"joinedAt": {"int64": "1893456000"}}}. Every value is a text,
 * so that no reader of JSON rounds a number.
 */
final class TypedValues {
  private TypedValues() {}

  static ObjectNode write(PlainRow row) {
    ObjectNode columns = JsonNodeFactory.instance.objectNode();
    row.columns()
        .forEach(
            (name, value) -> {
              String type = type(value);
              if (type == null) {
                throw new BackupException(
                    "column "
                        + name
                        + " of "
                        + row
                        + " has a type that cannot be written: "
                        + value.getClass().getSimpleName());
              }
              columns.putObject(name).put(type, text(value));
            });
    return columns;
  }

  /** Reads columns; throws some {@link RuntimeException} for anything else. */
  static Map<String, Object> read(JsonNode columns) {
    Map<String, Object> values = new HashMap<>();
    columns
        .properties()
        .forEach(
            column -> {
              Map.Entry<String, JsonNode> typed = column.getValue().properties().iterator().next();
              values.put(column.getKey(), value(typed.getKey(), typed.getValue().textValue()));
            });
    return values;
  }

  private static @Nullable String type(Object value) {
    if (value instanceof String) {
      return "string";
    }
    if (value instanceof Integer) {
      return "int32";
    }
    if (value instanceof Long) {
      return "int64";
    }
    if (value instanceof Double) {
      return "double";
    }
    if (value instanceof Boolean) {
      return "boolean";
    }
    if (value instanceof byte[]) {
      return "binary";
    }
    if (value instanceof OffsetDateTime) {
      return "dateTime";
    }
    return value instanceof UUID ? "guid" : null;
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : value.toString();
  }

  private static Object value(String type, String text) {
    return switch (type) {
      case "string" -> text;
      case "int32" -> Integer.valueOf(text);
      case "int64" -> Long.valueOf(text);
      case "double" -> Double.valueOf(text);
      case "boolean" -> Boolean.valueOf(text);
      case "binary" -> Base64.getDecoder().decode(text);
      case "dateTime" -> OffsetDateTime.parse(text);
      case "guid" -> UUID.fromString(text);
      default -> throw new IllegalArgumentException("unknown type " + type);
    };
  }
}
