package dev.tokenlife.azure.backup;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;

/** The JSON of a backup: one object per line. */
final class Json {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(
              new SimpleModule()
                  .addSerializer(Duration.class, new DurationWriter())
                  .addDeserializer(Duration.class, new DurationReader()))
          .build();

  private Json() {}

  static ObjectNode line(String kind) {
    return MAPPER.createObjectNode().put("kind", kind);
  }

  static String text(JsonNode line) {
    return line.toString();
  }

  /**
   * Reads a line.
   *
   * @throws BackupException naming the line's number, never its content
   */
  static JsonNode parse(String text, long number) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new BackupException("line " + number + " is not JSON");
    }
  }

  static <T> T as(JsonNode node, Class<T> type) {
    try {
      return MAPPER.treeToValue(node, type);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new BackupException("a " + type.getSimpleName() + " cannot be read");
    }
  }

  private static final class DurationWriter extends JsonSerializer<Duration> {
    @Override
    public void serialize(Duration value, JsonGenerator to, SerializerProvider any)
        throws IOException {
      to.writeString(value.toString());
    }
  }

  private static final class DurationReader extends JsonDeserializer<Duration> {
    @Override
    public Duration deserialize(JsonParser from, DeserializationContext any) throws IOException {
      return Duration.parse(from.getText());
    }
  }
}
