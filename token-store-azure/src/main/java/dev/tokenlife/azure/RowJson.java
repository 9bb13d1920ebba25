package dev.tokenlife.azure;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.tokenlife.model.ChainRow;
import java.io.IOException;
import java.time.Duration;

/**
 * The whole row as JSON, in ASCII: a body that is sent in pieces cannot be cut inside a character
 * then. What a newer release adds is ignored by an older one; what it changes gets another {@link
 * #FORMAT}.
 */
final class RowJson {
  /** The form that is written. */
  static final long FORMAT = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .addModule(
              new SimpleModule()
                  .addSerializer(Duration.class, new DurationWriter())
                  .addDeserializer(Duration.class, new DurationReader()))
          .build();

  private RowJson() {}

  static String write(ChainRow row) {
    try {
      return MAPPER.writeValueAsString(row);
    } catch (JacksonException e) {
      throw new IllegalStateException("a row is always JSON", e);
    }
  }

  /** Reads a row; throws for anything that is not one. */
  static ChainRow read(String json) throws JacksonException {
    return MAPPER.readValue(json, ChainRow.class);
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
