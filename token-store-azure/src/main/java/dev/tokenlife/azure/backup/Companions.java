package dev.tokenlife.azure.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.Effect;

/** Companions as lines. */
final class Companions {
  private Companions() {}

  static ObjectNode write(Companion companion) {
    ObjectNode line = Json.line("companion");
    if (companion instanceof Companion.HolderIndex index) {
      return line.put("of", "holder").put("holder", index.holder()).put("chainId", index.chainId());
    }
    if (companion instanceof Companion.HeldBefore held) {
      return line.put("of", "held").put("holder", held.holder());
    }
    line.put("of", "effect");
    line.set("effect", Json.MAPPER.valueToTree(((Companion.EffectRow) companion).effect()));
    return line;
  }

  static Companion read(JsonNode line) {
    return switch (line.path("of").asText()) {
      case "holder" ->
          new Companion.HolderIndex(line.path("holder").asText(), line.path("chainId").asText());
      case "held" -> new Companion.HeldBefore(line.path("holder").asText());
      case "effect" -> new Companion.EffectRow(Json.as(line.path("effect"), Effect.class));
      default -> throw new BackupException("a companion of an unknown kind");
    };
  }
}
