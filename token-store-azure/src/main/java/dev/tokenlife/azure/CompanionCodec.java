package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.Effect;

/** Companion rows as entities. */
final class CompanionCodec {
  private CompanionCodec() {}

  /** Writes a companion beside its chain. */
  static TableEntity entity(String partitionKey, Companion companion) {
    TableEntity entity = new TableEntity(partitionKey, Keys.companion(companion));
    if (companion instanceof Companion.HolderIndex index) {
      entity.addProperty("holder", index.holder());
      entity.addProperty("chainId", index.chainId());
    } else if (companion instanceof Companion.HeldBefore held) {
      entity.addProperty("holder", held.holder());
    } else {
      write(entity, ((Companion.EffectRow) companion).effect());
    }
    return entity;
  }

  private static void write(TableEntity entity, Effect effect) {
    entity.addProperty("partition", effect.chain().partition());
    entity.addProperty("chainId", effect.chain().id());
    entity.addProperty("seq", effect.seq());
    entity.addProperty("type", effect.type());
    Entities.put(entity, "fromHolder", effect.from());
    entity.addProperty("toHolder", effect.to());
    entity.addProperty("atMs", effect.at());
    entity.addProperty("reassigned", effect.reassigned());
  }

  /** Reads a companion of any kind. */
  static Companion companion(TableEntity entity) {
    String kind = entity.getRowKey().substring(0, 1);
    return switch (kind) {
      case Keys.EFFECT -> new Companion.EffectRow(effect(entity));
      case Keys.HELD -> new Companion.HeldBefore(Entities.requireText(entity, "holder"));
      default ->
          new Companion.HolderIndex(
              Entities.requireText(entity, "holder"), Entities.requireText(entity, "chainId"));
    };
  }

  /** Reads an effect. */
  static Effect effect(TableEntity entity) {
    return new Effect(
        ChainKey.of(
            Entities.requireText(entity, "partition"), Entities.requireText(entity, "chainId")),
        Entities.number(entity, "seq", 0),
        Entities.requireText(entity, "type"),
        Entities.text(entity, "fromHolder"),
        Entities.requireText(entity, "toHolder"),
        Entities.number(entity, "atMs", 0),
        Entities.flag(entity, "reassigned"));
  }
}
