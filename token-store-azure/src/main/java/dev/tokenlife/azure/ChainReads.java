package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.StoredChain;
import java.util.List;
import java.util.Optional;

/** Point reads of chains and companions. */
final class ChainReads {
  private final Table table;
  private final Calls calls;
  private final Keys keys;
  private final RowCodec codec;

  ChainReads(Table table, Calls calls, Keys keys, RowCodec codec) {
    this.table = table;
    this.calls = calls;
    this.keys = keys;
    this.codec = codec;
  }

  /** Reads one row within what is left of an operation's time. */
  Optional<StoredChain> find(Deadline deadline, ChainKey key) {
    return entity(deadline, keys.partitionKey(key), Keys.chain(key.id())).map(codec::chain);
  }

  /** Reads a companion as it is stored; empty if there is none. */
  Optional<Companion> companion(Deadline deadline, String partitionKey, Companion companion) {
    return entity(deadline, partitionKey, Keys.companion(companion))
        .map(
            there ->
                companion instanceof Companion.EffectRow
                    ? new Companion.EffectRow(CompanionCodec.effect(there))
                    : companion);
  }

  /** Reads any row of the table; empty if there is none. */
  Optional<TableEntity> entity(Deadline deadline, String partitionKey, String rowKey) {
    try {
      return Optional.of(
          calls.repeatable(
              table.what("read", partitionKey, rowKey),
              deadline,
              left -> table.get(left, partitionKey, rowKey, List.of())));
    } catch (Fault fault) {
      if (fault.kind() == Fault.Kind.MISSING) {
        return Optional.empty();
      }
      throw fault.giveUp(table.what("read", partitionKey, rowKey));
    }
  }
}
