package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.Effect;

/** Companion rows as entities. */
final class CompanionCodec {
  static final String PARTITION = "partition";

  private CompanionCodec() {}

  /** Writes a companion beside its chain. The partition's name cannot be read off every key. */
  static TableEntity entity(String partitionKey, String partition, Companion companion) {
    TableEntity entity =
        new TableEntity(partitionKey, Keys.companion(companion)).addProperty(PARTITION, partition);
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
    entity.addProperty("chainId", effect.chain().id());
    entity.addProperty("seq", effect.seq());
    entity.addProperty("type", effect.type());
    Entities.put(entity, "fromHolder", effect.from());
    entity.addProperty("toHolder", effect.to());
    entity.addProperty("atMs", effect.at());
    entity.addProperty("reassigned", effect.reassigned());
  }

  /** Reads an effect. */
  static Effect effect(TableEntity entity) {
    return new Effect(
        ChainKey.of(
            Entities.requireText(entity, PARTITION), Entities.requireText(entity, "chainId")),
        Entities.number(entity, "seq", 0),
        Entities.requireText(entity, "type"),
        Entities.text(entity, "fromHolder"),
        Entities.requireText(entity, "toHolder"),
        Entities.number(entity, "atMs", 0),
        Entities.flag(entity, "reassigned"));
  }
}
