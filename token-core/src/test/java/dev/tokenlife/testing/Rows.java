package dev.tokenlife.testing;

import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.Position;
import dev.tokenlife.model.Upstream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sample rows for tests of stores. They are plausible, not the work of the transitions: every row
 * has its own {@code op}, nonce and request id, and times around {@link #NOW}.
 */
public final class Rows {
  /** 2030-01-01T00:00:00Z, where virtual time starts, in epoch milliseconds. */
  public static final long NOW = Instant.parse("2030-01-01T00:00:00Z").toEpochMilli();

  private static final long MINUTE = 60_000;
  private static final AtomicLong NUMBER = new AtomicLong();

  private Rows() {}

  /** An active minted chain with its first token, held by {@code holder-1}. */
  public static ChainRow minted(ChainKey key) {
    return minted(key, "holder-1");
  }

  /** An active minted chain with its first token. */
  public static ChainRow minted(ChainKey key, String holder) {
    return new ChainRow(
        key,
        origin(ChainKind.MINTED, "ENTRY"),
        control(),
        new Position(0, 1, holder, null, null, NOW),
        new CurrentToken(1, 0, NOW, NOW + 10_000, 1),
        null,
        null,
        null,
        null,
        List.of(),
        Budgets.NONE);
  }

  /** An active fetched chain with a token of one hour that is due after half of it. */
  public static ChainRow fetched(ChainKey key) {
    return fetched(key, NOW + 30 * MINUTE);
  }

  /** An active fetched chain with a token of one hour that is due at {@code refreshAt}. */
  public static ChainRow fetched(ChainKey key, long refreshAt) {
    return opened(key)
        .draft()
        .position(new Position(0, 1, null, null, null, NOW))
        .current(new CurrentToken(1, 0, NOW, NOW + 60 * MINUTE, 0))
        .upstream(upstream(refreshAt))
        .row();
  }

  /** An active fetched chain that has no token and no upstream yet. */
  public static ChainRow opened(ChainKey key) {
    return new ChainRow(
        key,
        origin(ChainKind.FETCHED, "default"),
        control(),
        new Position(0, 0, null, null, null, 0),
        null,
        null,
        null,
        null,
        null,
        List.of(),
        Budgets.NONE);
  }

  /** The next write of the same row: one revision more, another {@code op}, nothing else. */
  public static ChainRow next(ChainRow row) {
    return row.draft().control(control(row, row.state())).row();
  }

  /** The next write, into another state; nothing is erased. */
  public static ChainRow in(ChainState state, ChainRow row) {
    return row.draft().control(control(row, state)).row();
  }

  /** The next write, which ends the chain as a close does: its tokens are erased. */
  public static ChainRow closed(ChainRow row) {
    return in(ChainState.CLOSED, row).draft().current(null).previous(null).upstream(null).row();
  }

  /** The next write of a fetched chain: the next token, due at {@code refreshAt}. */
  public static ChainRow refreshed(ChainRow row, long refreshAt) {
    long generation = row.generation() + 1;
    return next(row)
        .draft()
        .position(new Position(0, generation, null, null, null, NOW))
        .current(new CurrentToken(generation, 0, NOW, NOW + 60 * MINUTE, 0))
        .upstream(upstream(refreshAt))
        .row();
  }

  /** The next write of a minted chain: somebody else holds it. */
  public static ChainRow handedOver(ChainRow row, String to) {
    Position was = row.position();
    long seq = was.seq() + 1;
    long generation = was.generation() + 1;
    return next(row)
        .draft()
        .position(new Position(seq, generation, to, was.holder(), null, NOW))
        .current(new CurrentToken(generation, seq, NOW, NOW + 10_000, 1))
        .row();
  }

  /** Returns the holder of a minted row. */
  public static String holder(ChainRow row) {
    return Objects.requireNonNull(row.position().holder(), "a minted row has a holder");
  }

  private static ChainOrigin origin(ChainKind kind, String type) {
    return new ChainOrigin(
        kind, type, "standard", null, NOW, unique("open"), Long.MAX_VALUE, null, unique("nonce"));
  }

  private static ChainControl control() {
    return new ChainControl(1, unique("op"), null, ChainState.ACTIVE, null, NOW, NOW);
  }

  private static ChainControl control(ChainRow row, ChainState state) {
    ChainControl was = row.control();
    String reason = state.isFinal() ? "test" : null;
    return new ChainControl(
        was.revision() + 1,
        unique("op"),
        was.adminRequestId(),
        state,
        reason,
        was.lastAt(),
        was.lastUse());
  }

  private static Upstream upstream(long refreshAt) {
    return new Upstream(
        unique("grant"), unique("access"), unique("refresh"), "Bearer", "", null, refreshAt, 0, 0);
  }

  private static String unique(String what) {
    return what + "-" + NUMBER.incrementAndGet();
  }
}
