package dev.tokenlife.azure.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Column values with their types, so that a whole number never comes back as another sort. */
final class Values {
  private Values() {}

  static ObjectNode write(Map<String, Object> columns) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    columns.forEach((name, value) -> write(node.putObject(name), value));
    return node;
  }

  private static void write(ObjectNode to, Object value) {
    if (value instanceof byte[] bytes) {
      to.put("type", "Binary").put("value", Base64.getEncoder().encodeToString(bytes));
    } else {
      to.put("type", type(value)).put("value", value.toString());
    }
  }

  private static String type(Object value) {
    if (value instanceof String) {
      return "String";
    } else if (value instanceof Long) {
      return "Int64";
    } else if (value instanceof Integer) {
      return "Int32";
    } else if (value instanceof Boolean) {
      return "Boolean";
    } else if (value instanceof Double) {
      return "Double";
    } else if (value instanceof OffsetDateTime) {
      return "DateTime";
    } else if (value instanceof UUID) {
      return "Guid";
    }
    throw new BackupException("no way to write a " + value.getClass().getName());
  }

  static Map<String, Object> read(JsonNode node) {
    Map<String, Object> columns = new HashMap<>();
    node.properties()
        .forEach(
            column ->
                columns.put(
                    column.getKey(),
                    value(
                        column.getValue().path("type").asText(),
                        column.getValue().path("value").asText())));
    return columns;
  }

  private static Object value(String type, String text) {
    return switch (type) {
      case "String" -> text;
      case "Int64" -> Long.valueOf(text);
      case "Int32" -> Integer.valueOf(text);
      case "Boolean" -> Boolean.valueOf(text);
      case "Double" -> Double.valueOf(text);
      case "DateTime" -> OffsetDateTime.parse(text);
      case "Guid" -> UUID.fromString(text);
      case "Binary" -> Base64.getDecoder().decode(text);
      default -> throw new BackupException("a value of the unknown type " + type);
    };
  }
}
