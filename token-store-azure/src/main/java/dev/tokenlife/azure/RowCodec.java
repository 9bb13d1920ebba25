package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import com.fasterxml.jackson.core.JacksonException;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.PreviousToken;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import org.jspecify.annotations.Nullable;

/**
 * A chain row as an entity: columns for people and for other applications, and the whole row as
 * JSON in {@code data}, which alone decides. Columns that an older application shares are in Unix
 * seconds; ours end in {@code Ms}.
 */
final class RowCodec {
  static final String FORMAT = "format";
  static final String DATA = "data";
  static final String OP = "op";
  static final String REVISION = "revision";
  static final String STATE = "state";
  static final String KIND = "kind";
  static final String HOLDER = "lastHolder";
  static final String ENDS_AT = "endsAtMs";

  /** One column's share of the JSON; the service takes 32 768 characters. */
  private static final int CHUNK = 32_000;

  private final String table;
  private final Keys keys;

  RowCodec(String table, Keys keys) {
    this.table = table;
    this.keys = keys;
  }

  /** Writes a fresh entity. */
  TableEntity entity(ChainRow row) {
    ChainKey key = row.key();
    TableEntity entity = new TableEntity(keys.partitionKey(key), Keys.chain(key.id()));
    readable(entity, row);
    entity.addProperty(KIND, row.origin().kind().name());
    entity.addProperty(REVISION, row.control().revision());
    entity.addProperty(OP, row.control().op());
    Entities.put(entity, ENDS_AT, endsAt(row));
    if (row.upstream() != null && !row.state().isFinal()) {
      entity.addProperty("refreshAtMs", row.upstream().refreshAt());
    }
    entity.addProperty(FORMAT, RowJson.FORMAT);
    String json = RowJson.write(row);
    for (int from = 0, part = 0; from < json.length(); from += CHUNK, part++) {
      entity.addProperty(data(part), json.substring(from, Math.min(json.length(), from + CHUNK)));
    }
    return entity;
  }

  /**
   * Reads an entity.
   *
   * @throws StoreException {@link StoreException.Kind#UNREADABLE}, naming table and key
   */
  StoredChain chain(TableEntity entity) {
    long format = Entities.number(entity, FORMAT, 0);
    if (format != RowJson.FORMAT) {
      throw unreadable(entity, "format " + format + " is not known to this release", null);
    }
    StringBuilder json = new StringBuilder();
    for (int part = 0; ; part++) {
      String text = Entities.text(entity, data(part));
      if (text == null) {
        break;
      }
      json.append(text);
    }
    ChainRow row;
    try {
      row = RowJson.read(json.toString());
    } catch (JacksonException | RuntimeException e) {
      throw unreadable(entity, "its data column cannot be read", e);
    }
    requireWhole(entity, row);
    return new StoredChain(row, Version.of(row, entity.getETag()).text());
  }

  /** A row that was copied to another place, or half edited by hand, is not believed. */
  private void requireWhole(TableEntity entity, @Nullable ChainRow row) {
    if (row == null || row.key() == null || row.origin() == null || row.control() == null) {
      throw unreadable(entity, "its data column is incomplete", null);
    }
    boolean here =
        keys.partitionKey(row.key()).equals(entity.getPartitionKey())
            && Keys.chain(row.key().id()).equals(entity.getRowKey());
    if (!here) {
      throw unreadable(entity, "it is the row of another chain", null);
    }
    if (!row.control().op().equals(Entities.text(entity, OP))) {
      throw unreadable(entity, "its columns were changed by somebody else", null);
    }
  }

  private static void readable(TableEntity entity, ChainRow row) {
    entity.addProperty("type", row.origin().type());
    entity.addProperty(STATE, row.state().name());
    CurrentToken current = row.current();
    if (current != null) {
      entity.addProperty("currentToken", tokenId(row.key(), current.generation()));
    }
    PreviousToken previous = row.previous();
    if (previous != null) {
      entity.addProperty("previousToken", tokenId(row.key(), previous.generation()));
    }
    entity.addProperty("rotationCount", row.position().rotationCount());
    entity.addProperty("lastRotation", seconds(row.position().lastRotation()));
    Entities.put(entity, HOLDER, row.position().holder());
    entity.addProperty("seq", row.position().seq());
    entity.addProperty("createdAt", seconds(row.origin().createdAt()));
  }

  /** Names a token without telling anything about it. */
  static String tokenId(ChainKey key, long generation) {
    return key.id() + "." + generation;
  }

  static long seconds(long millis) {
    return Math.floorDiv(millis, 1_000L);
  }

  /**
   * Returns since when, or from when on, the chain is over; null if it has no end of its own. One
   * that was closed early is over with the last token it may have issued, since it answers for that
   * token until then.
   */
  static @Nullable Long endsAt(ChainRow row) {
    ChainOrigin origin = row.origin();
    long absolute = origin.absoluteExpiresAt();
    if (row.state().isFinal()) {
      long closed = row.control().lastAt();
      return absolute == Long.MAX_VALUE ? closed : Math.max(closed, absolute);
    }
    long ends = absolute;
    if (origin.idleTimeout() != null) {
      ends = Math.min(ends, saturated(row.control().lastUse(), origin.idleTimeout().toMillis()));
    }
    return ends == Long.MAX_VALUE ? null : ends;
  }

  private static long saturated(long at, long more) {
    return at > Long.MAX_VALUE - more ? Long.MAX_VALUE : at + more;
  }

  private static String data(int part) {
    return part == 0 ? DATA : DATA + part;
  }

  private StoreException unreadable(TableEntity entity, String why, @Nullable Throwable cause) {
    // Jackson quotes what it could not read: the class of the cause is all that may be shown.
    String how = cause == null ? "" : " (" + cause.getClass().getSimpleName() + ")";
    return new StoreException(
        StoreException.Kind.UNREADABLE,
        "table " + table + ", " + Entities.where(entity) + ": " + why + how);
  }
}
