package dev.tokenlife.testing;

import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.ChallengeSlot;
import dev.tokenlife.model.Claim;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.Failure;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Position;
import dev.tokenlife.model.PreviousToken;
import dev.tokenlife.model.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows that use every field at once, so that a store that forgets one is found out. No chain looks
 * like this; a store keeps what it is given.
 */
public final class FullRows {
  /** A text that finds encodings out: quotes, separators, controls, beyond the basic plane. */
  public static final String ODD = "Zoë O'Neil \"x\" \\ /:;~%#?&<>\t\u0001 日本 \uD83D\uDE00";

  private static final long T = Rows.NOW;

  private FullRows() {}

  /** Every optional part is there, every list is full and every value differs from its default. */
  public static ChainRow full(ChainKey key) {
    return new ChainRow(
        key,
        new ChainOrigin(
            ChainKind.FETCHED,
            "TYPE " + ODD,
            "policy " + ODD,
            "name " + ODD,
            T + 1,
            "open " + ODD,
            T + 2,
            Duration.ofMillis(86_400_003),
            "nonce_-0123456789abcdefg"),
        new ChainControl(
            4, "op " + ODD, "admin " + ODD, ChainState.SUSPENDED, "why " + ODD, T + 5, T + 6),
        new Position(7, 8, "holder " + ODD, "before " + ODD, "thumb_-print", T + 9),
        new CurrentToken(10, 11, T + 12, T + 13, 14),
        previous(),
        new Upstream(
            "grant " + ODD,
            "sealed-access_" + "a".repeat(600),
            "sealed-refresh_" + "r".repeat(600),
            "DPoP",
            "read write:" + ODD,
            "sealed-attributes_" + "x".repeat(3_000),
            T + 20,
            21,
            T + 22),
        new Claim("claim " + ODD, "owner " + ODD, 23),
        new Failure(FailureKind.AMBIGUOUS, 24, 25, T + 26, T + 27),
        IntStream.range(0, 8).mapToObj(FullRows::slot).toList(),
        new Budgets(31, 32, 33, T + 34));
  }

  /** The largest and smallest values where a row has numbers. */
  public static ChainRow extreme(ChainKey key) {
    ChainRow full = full(key);
    return full.draft()
        .control(
            new ChainControl(
                Long.MAX_VALUE, "op", null, ChainState.ACTIVE, null, Long.MIN_VALUE, -1))
        .position(new Position(Long.MAX_VALUE, Long.MAX_VALUE, null, null, null, Long.MIN_VALUE))
        .current(new CurrentToken(0, 0, 0, Long.MAX_VALUE, Integer.MAX_VALUE))
        .claim(new Claim("", "", Long.MAX_VALUE))
        .failure(new Failure(FailureKind.PERMANENT, 0, Integer.MAX_VALUE, -1, Long.MAX_VALUE))
        .challenges(List.of())
        .budgets(
            new Budgets(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE))
        .row();
  }

  private static PreviousToken previous() {
    return new PreviousToken(
        15,
        16,
        17,
        T + 18,
        T + 19,
        PreviousToken.Reason.HANDED_OVER,
        "actor " + ODD,
        "request " + ODD,
        T + 20,
        21);
  }

  private static ChallengeSlot slot(int i) {
    return new ChallengeSlot(
        "challenge " + i + ODD,
        "scanner " + i + ODD,
        "nonce_-" + i,
        40 + i,
        50 + i,
        60 + i,
        T + 70 + i,
        i + 1);
  }
}
