package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.Position;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes over the chains of an older application, whose row key is the plain chain id. One
 * transaction writes our row and the holder index and removes the old row, so a chain never lives
 * twice. Holder, state, sequence and counts are kept. Tokens and challenges are not: the holder's
 * next poll shows a new token, and an old challenge is asked for anew.
 */
final class OlderRows {
  private final Table table;
  private final Calls calls;
  private final Keys keys;
  private final RowCodec codec;
  private final ChainReads reads;
  private final EndNotes ends;
  private final SecureRandom random = new SecureRandom();

  OlderRows(Parts parts) {
    this.table = parts.tables.chains();
    this.calls = parts.calls;
    this.keys = parts.keys;
    this.codec = parts.codec;
    this.reads = parts.reads;
    this.ends = parts.ends;
  }

  /**
   * Takes over one chain, if there is an older row for it. If there is none, somebody may have
   * taken it over since our row was missed: it is looked for once more.
   */
  Optional<StoredChain> adopt(ChainKey key) {
    boolean possible =
        !keys.isSpread(key.partition())
            && KeyCodec.part(key.partition()).equals(key.partition())
            && KeyCodec.part(key.id()).equals(key.id());
    if (!possible) {
      return Optional.empty();
    }
    Deadline deadline = calls.deadline();
    Optional<TableEntity> older = reads.entity(deadline, key.partition(), key.id());
    return older.isPresent() ? adopt(deadline, key, older.get()) : reads.find(deadline, key);
  }

  /**
   * Takes over every chain of a partition.
   *
   * @return how many were taken over by this call
   */
  int adoptAll(Ranges ranges, String partition) {
    if (keys.isSpread(partition) || !KeyCodec.part(partition).equals(partition)) {
      return 0;
    }
    List<ChainKey> older = new ArrayList<>();
    Optional<String> at = Optional.empty();
    do {
      var page =
          ranges.across(
              List.of(partition), Keys::inPartition, List.of("PartitionKey", "RowKey"), at, 1_000);
      page.items().stream()
          .map(TableEntity::getRowKey)
          .filter(rowKey -> !rowKey.isEmpty() && KeyCodec.part(rowKey).equals(rowKey))
          .forEach(rowKey -> older.add(ChainKey.of(partition, rowKey)));
      at = page.next();
    } while (at.isPresent());
    return (int) older.stream().filter(key -> adopt(key).isPresent()).count();
  }

  private Optional<StoredChain> adopt(Deadline deadline, ChainKey key, TableEntity older) {
    ChainRow row = row(key, older);
    ends.announce(row);
    List<Op> ops = new ArrayList<>();
    ops.add(Op.insert(codec.entity(row)));
    ops.add(Op.delete(key.partition(), key.id(), older.getETag()));
    String holder = row.position().holder();
    if (holder != null) {
      TableEntity index =
          CompanionCodec.entity(
              key.partition(),
              key.partition(),
              dev.tokenlife.spi.Companion.holderIndex(holder, key));
      ops.add(Op.upsert(index));
    }
    try {
      calls.repeatable(
          table.what("adoption", key.partition(), key.id()),
          deadline,
          left -> table.batch(left, ops));
    } catch (Fault somebodyElseDidOrThisAttemptWasRepeated) {
      // The row tells.
    }
    return reads.find(deadline, key);
  }

  /** Returns the chain as it is when it has been taken over. */
  ChainRow row(ChainKey key, TableEntity older) {
    long seq = Entities.number(older, "seq", 0);
    long generation = Entities.number(older, "rotationCount", 0) + 1 + seq;
    long rotatedAt = millis(older, "lastRotation");
    long createdAt = millis(older, "createdAt");
    long lastAt = Math.max(rotatedAt, createdAt);
    String type = Entities.text(older, "type");
    ChainState state = state(older);
    String kind = type == null ? "default" : type;
    return new ChainRow(
        key,
        new ChainOrigin(
            ChainKind.MINTED,
            kind,
            kind,
            null,
            createdAt,
            "adopted:" + key.id(),
            Long.MAX_VALUE,
            null,
            random()),
        new ChainControl(
            1, random(), null, state, state.isFinal() ? "adopted" : null, lastAt, lastAt),
        new Position(seq, generation, holder(older), null, null, rotatedAt),
        null,
        null,
        null,
        null,
        null,
        List.of(),
        Budgets.NONE);
  }

  private static @Nullable String holder(TableEntity older) {
    String holder = Entities.text(older, RowCodec.HOLDER);
    return holder == null || holder.isEmpty() ? null : holder;
  }

  private ChainState state(TableEntity older) {
    String state = Entities.text(older, RowCodec.STATE);
    return switch (state == null ? "ACTIVE" : state.toUpperCase(Locale.ROOT)) {
      case "ACTIVE", "STALLED" -> ChainState.ACTIVE;
      case "SUSPENDED" -> ChainState.SUSPENDED;
      case "COMPLETED", "CLOSED" -> ChainState.CLOSED;
      case "REVOKED" -> ChainState.REVOKED;
      default ->
          throw new StoreException(
              StoreException.Kind.UNREADABLE,
              "table " + table.name() + ", " + Entities.where(older) + ": unknown state " + state);
    };
  }

  /** The older application counts in Unix seconds. */
  private static long millis(TableEntity older, String column) {
    return Math.multiplyExact(Entities.number(older, column, 0), 1_000L);
  }

  private String random() {
    byte[] bits = new byte[16];
    random.nextBytes(bits);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }
}
