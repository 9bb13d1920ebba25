package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChallengeSlot;
import dev.tokenlife.model.CurrentToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The optional {@code Tokens} table for people and older readers: at most one row per chain, its
 * current token, without anything secret. Written after the chain and never read here: it may lag
 * behind or miss a change, and no decision rests on it.
 */
final class TokensView {
  private static final Logger log = LoggerFactory.getLogger(TokensView.class);

  private final Table table;
  private final Calls calls;
  private final Ranges ranges;
  private final Keys keys;

  TokensView(Table table, Calls calls, Keys keys) {
    this.table = table;
    this.calls = calls;
    this.ranges = new Ranges(table, calls);
    this.keys = keys;
  }

  /** Shows what a committed write made of the chain; says so and goes on if it cannot. */
  void show(ChainRow row) {
    String partitionKey = keys.partitionKey(row.key());
    String chain = KeyCodec.part(row.key().id());
    Optional<TableEntity> current = Optional.ofNullable(row.current()).map(t -> entity(row, t));
    quietly(partitionKey, chain, current);
  }

  /** Shows a chain no more; says so and goes on if it cannot. */
  void hide(ChainKey key) {
    hide(keys.partitionKey(key), KeyCodec.part(key.id()));
  }

  /** The same for a chain whose keys are encoded already. */
  void hide(String partitionKey, String chain) {
    quietly(partitionKey, chain, Optional.empty());
  }

  private void quietly(String partitionKey, String chain, Optional<TableEntity> current) {
    try {
      replace(partitionKey, chain, current);
    } catch (RuntimeException e) {
      log.atWarn()
          .addKeyValue("partition", partitionKey)
          .addKeyValue("chain", chain)
          .addKeyValue("table", table.name())
          .setCause(e)
          .log("Tokens view not updated; the chain is right, the view follows with its next write");
    }
  }

  private void replace(String partitionKey, String chain, Optional<TableEntity> current) {
    // Token ids are chain id, dot, generation; a slash follows the dot.
    String range =
        Keys.inPartition(partitionKey)
            + " and RowKey ge '"
            + chain
            + ".' and RowKey lt '"
            + chain
            + "/'";
    List<Op> ops = new ArrayList<>();
    current.ifPresent(entity -> ops.add(Op.upsert(entity)));
    for (TableEntity shown : shown(partitionKey, range)) {
      boolean stays = current.map(e -> e.getRowKey().equals(shown.getRowKey())).orElse(false);
      String chainId = Entities.text(shown, "chainId");
      if (!stays && chainId != null && KeyCodec.part(chainId).equals(chain)) {
        ops.add(Op.delete(partitionKey, shown.getRowKey()));
      }
    }
    if (!ops.isEmpty()) {
      table.batch(calls.deadline(), ops);
    }
  }

  private List<TableEntity> shown(String partitionKey, String range) {
    List<String> columns = List.of("PartitionKey", "RowKey", "chainId");
    return ranges
        .across(List.of(partitionKey), any -> range, columns, Optional.empty(), 50)
        .items();
  }

  private TableEntity entity(ChainRow row, CurrentToken token) {
    TableEntity entity =
        new TableEntity(
                keys.partitionKey(row.key()),
                KeyCodec.part(row.key().id()) + "." + token.generation())
            .addProperty("chainId", row.key().id())
            .addProperty("seq", token.seq())
            .addProperty("expiresAt", RowCodec.seconds(token.expiresAt()))
            .addProperty("createdAt", RowCodec.seconds(token.issuedAt()));
    Entities.put(entity, "holderId", row.position().holder());
    if (!row.challenges().isEmpty()) {
      ChallengeSlot slot = row.challenges().get(0);
      entity.addProperty("pendingChallenge", slot.id());
      entity.addProperty("challengeExpiresAt", RowCodec.seconds(slot.expiresAt()));
    }
    return entity;
  }
}
