package dev.tokenlife.refresh;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tokenlife.model.Secret;
import java.io.IOException;
import java.util.Map;

/** Whatever else a source said, as one text to be sealed. */
final class Attributes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Attributes() {}

  static Secret write(Map<String, String> attributes) {
    try {
      return Secret.of(JSON.writeValueAsString(attributes));
    } catch (IOException impossible) {
      throw new IllegalStateException("a map of texts could not be written", impossible);
    }
  }
}
