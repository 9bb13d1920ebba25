package dev.tokenlife.backup;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.StoreItem;

/** Lines as JSON objects, each with its kind. */
final class LineCodec {
  static final String HEADER = "tokenlife-backup";

  private LineCodec() {}

  static String write(Line line) {
    if (line instanceof Line.Item item) {
      return Json.text(item(item.item()));
    }
    if (line instanceof Line.Row row) {
      ObjectNode json =
          of("row")
              .put("table", row.table())
              .put("partitionKey", row.row().partitionKey())
              .put("rowKey", row.row().rowKey());
      json.set("columns", TypedValues.write(row.row()));
      return Json.text(json);
    }
    if (line instanceof Line.Epoch epoch) {
      return Json.text(of("epoch").put("shard", epoch.shard()).put("epoch", epoch.epoch()));
    }
    if (line instanceof Line.Header header) {
      return Json.text(
          of(HEADER)
              .put("format", header.format())
              .put("source", header.source())
              .put("takenAt", header.takenAt()));
    }
    ObjectNode end = of("end");
    end.set("report", Json.tree(((Line.End) line).report()));
    return Json.text(end);
  }

  private static ObjectNode item(StoreItem item) {
    if (item instanceof StoreItem.Chain chain) {
      ObjectNode json = of("chain");
      json.set("row", Json.tree(chain.row()));
      return json;
    }
    StoreItem.Beside beside = (StoreItem.Beside) item;
    if (beside.companion() instanceof Companion.HeldBefore held) {
      return of("held").put("partition", beside.partition()).put("holder", held.holder());
    }
    ObjectNode json = of("effect");
    json.set("effect", Json.tree(((Companion.EffectRow) beside.companion()).effect()));
    return json;
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException saying what is wrong, never what was found
   */
  static Line read(String text) {
    JsonNode json;
    try {
      json = Json.parse(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("it is cut off or no JSON");
    }
    String kind = json.path("kind").asText();
    try {
      return read(kind, json);
    } catch (JacksonException | RuntimeException e) {
      // Jackson quotes what it could not read: the class of the cause is all that may be shown.
      throw new IllegalArgumentException(
          "it is no line of the kind '"
              + (kind.matches("[a-z-]{1,20}") ? kind : "?")
              + "' that this release knows ("
              + e.getClass().getSimpleName()
              + ")");
    }
  }

  private static Line read(String kind, JsonNode json) throws JacksonException {
    return switch (kind) {
      case HEADER ->
          new Line.Header(
              required(json, "format").intValue(),
              required(json, "source").textValue(),
              required(json, "takenAt").longValue());
      case "epoch" ->
          new Line.Epoch(required(json, "shard").textValue(), required(json, "epoch").longValue());
      case "chain" ->
          new Line.Item(new StoreItem.Chain(whole(Json.as(required(json, "row"), ChainRow.class))));
      case "held" ->
          beside(
              required(json, "partition").textValue(),
              new Companion.HeldBefore(required(json, "holder").textValue()));
      case "effect" -> {
        Effect effect = Json.as(required(json, "effect"), Effect.class);
        yield beside(effect.chain().partition(), new Companion.EffectRow(effect));
      }
      case "row" ->
          new Line.Row(
              required(json, "table").textValue(),
              new PlainRow(
                  required(json, "partitionKey").textValue(),
                  required(json, "rowKey").textValue(),
                  TypedValues.read(required(json, "columns"))));
      case "end" -> new Line.End(Json.as(required(json, "report"), BackupReport.class));
      default -> throw new IllegalArgumentException("unknown kind");
    };
  }

  private static Line beside(String partition, Companion companion) {
    return new Line.Item(new StoreItem.Beside(partition, companion));
  }

  private static ChainRow whole(ChainRow row) {
    if (row.key() == null
        || row.origin() == null
        || row.control() == null
        || row.position() == null
        || row.budgets() == null) {
      throw new IllegalArgumentException("a part of the row is missing");
    }
    return row;
  }

  private static JsonNode required(JsonNode json, String name) {
    if (!json.hasNonNull(name)) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return json.get(name);
  }

  private static ObjectNode of(String kind) {
    return Json.object().put("kind", kind);
  }
}
