package dev.tokenlife.memory;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.PreviousToken;
import dev.tokenlife.model.Upstream;
import dev.tokenlife.spi.StoredChain;
import java.util.Comparator;

/**
 * One state of one row. Immutable; equal only to itself, so that a state that was replaced is never
 * taken for the one that replaced it.
 */
final class PackedRow {
  /** Soonest first. The version keeps apart two states of a row while one replaces the other. */
  static final Comparator<PackedRow> BY_DUE_TIME =
      Comparator.comparingLong(PackedRow::dueAt)
          .thenComparing(row -> row.key, RowTable.BY_KEY)
          .thenComparingLong(row -> row.version);

  final ChainKey key;
  final long version;
  private final byte[] packed;
  private final Phase phase;
  private final long moment;

  /** What the store itself has to know of a row. */
  private enum Phase {
    /** Fetched and active: {@code moment} is when its refresh is due. */
    PLANNED,
    /** Anything else that is not over. */
    LIVE,
    /** Closed or revoked. */
    OVER
  }

  private PackedRow(ChainKey key, long version, byte[] packed, Phase phase, long moment) {
    this.key = key;
    this.version = version;
    this.packed = packed;
    this.phase = phase;
    this.moment = moment;
  }

  /** Packs a row that follows no other. */
  static PackedRow first(Words words, ChainRow row) {
    Upstream upstream = row.upstream();
    boolean minted = row.origin().kind() == ChainKind.MINTED;
    byte[] packed = RowPacker.pack(words, row);
    if (row.state().isFinal()) {
      return new PackedRow(row.key(), 0, packed, Phase.OVER, minted ? lastExpiry(row) : 0);
    }
    if (minted || upstream == null || row.state() != ChainState.ACTIVE) {
      return new PackedRow(row.key(), 0, packed, Phase.LIVE, minted ? lastExpiry(row) : 0);
    }
    return new PackedRow(row.key(), 0, packed, Phase.PLANNED, upstream.refreshAt());
  }

  /** The place after every state of a row that is due at one time; packs nothing. */
  static PackedRow endOf(ChainKey key, long dueAt) {
    return new PackedRow(key, Long.MAX_VALUE, new byte[0], Phase.PLANNED, dueAt);
  }

  /** The same under a key whose texts other rows share, and with its version. */
  PackedRow at(ChainKey shared, long newVersion) {
    return new PackedRow(shared, newVersion, packed, phase, moment);
  }

  /** The same as the successor of {@code was}: it outlives what that one had issued. */
  PackedRow after(PackedRow was, long newVersion) {
    boolean keeps = phase != Phase.PLANNED && was.phase != Phase.PLANNED;
    long next = keeps ? Math.max(moment, was.moment) : moment;
    return new PackedRow(was.key, newVersion, packed, phase, next);
  }

  /** Returns the row as it was written. */
  StoredChain open(Words words) {
    return new StoredChain(RowUnpacker.unpack(words, key, packed), versionText());
  }

  boolean has(String expectedVersion) {
    return versionText().equals(expectedVersion);
  }

  boolean isOver() {
    return phase == Phase.OVER;
  }

  /** Returns whether it is fetched, active and has something from its upstream. */
  boolean isPlanned() {
    return phase == Phase.PLANNED;
  }

  /** When its refresh is due, epoch milliseconds; only if it is planned. */
  long dueAt() {
    return moment;
  }

  /** When the last token that was issued for it expires, epoch milliseconds; 0 if none was. */
  long keepUntil() {
    return isPlanned() ? 0 : moment;
  }

  String versionText() {
    return Long.toString(version, Character.MAX_RADIX);
  }

  private static long lastExpiry(ChainRow row) {
    CurrentToken current = row.current();
    PreviousToken previous = row.previous();
    return Math.max(
        current == null ? 0 : current.expiresAt(), previous == null ? 0 : previous.expiresAt());
  }
}
