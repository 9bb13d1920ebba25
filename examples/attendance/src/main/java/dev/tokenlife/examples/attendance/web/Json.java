package dev.tokenlife.examples.attendance.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tokenlife.examples.attendance.lesson.RefusedException;
import java.nio.charset.StandardCharsets;

/** JSON in and out. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), broken);
    }
  }

  static byte[] bytes(Object value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }

  /** Reads an object; whatever else it is, is refused without being repeated. */
  static JsonNode parse(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException broken) {
      // Refused below: what was sent may hold a token, so it is not repeated.
    }
    throw new RefusedException(
        RefusedException.Reason.BAD_REQUEST, "BAD_JSON", "The body must be a JSON object.");
  }
}
