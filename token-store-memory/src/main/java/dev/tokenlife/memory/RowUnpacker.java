package dev.tokenlife.memory;

import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChallengeSlot;
import dev.tokenlife.model.Claim;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.Failure;
import dev.tokenlife.model.Position;
import dev.tokenlife.model.PreviousToken;
import dev.tokenlife.model.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a row again of what {@link RowPacker} made of it. */
final class RowUnpacker {
  private final PackReader in;

  private RowUnpacker(Words words, byte[] packed) {
    this.in = new PackReader(words, packed);
  }

  static ChainRow unpack(Words words, ChainKey key, byte[] packed) {
    RowUnpacker row = new RowUnpacker(words, packed);
    return new ChainRow(
        key,
        row.origin(),
        row.control(),
        row.position(),
        row.current(),
        row.previous(),
        row.upstream(),
        row.claim(),
        row.failure(),
        row.challenges(),
        row.budgets());
  }

  private ChainOrigin origin() {
    long createdAt = in.number();
    in.base(createdAt);
    ChainKind kind = RowPacker.KINDS.get(in.count());
    String type = in.text();
    String policyId = in.text();
    String name = in.optionalText();
    String openRequestId = in.text();
    long absoluteExpiresAt = in.flag() ? in.time() : Long.MAX_VALUE;
    Duration idle = in.flag() ? Duration.ofSeconds(in.number(), in.number()) : null;
    return new ChainOrigin(
        kind, type, policyId, name, createdAt, openRequestId, absoluteExpiresAt, idle, in.text());
  }

  private ChainControl control() {
    return new ChainControl(
        in.number(),
        in.text(),
        in.optionalText(),
        RowPacker.STATES.get(in.count()),
        in.optionalText(),
        in.time(),
        in.time());
  }

  private Position position() {
    return new Position(
        in.number(),
        in.number(),
        in.optionalText(),
        in.optionalText(),
        in.optionalText(),
        in.time());
  }

  private @Nullable CurrentToken current() {
    return in.flag()
        ? new CurrentToken(in.number(), in.number(), in.time(), in.time(), in.count())
        : null;
  }

  private @Nullable PreviousToken previous() {
    return in.flag()
        ? new PreviousToken(
            in.number(),
            in.number(),
            in.count(),
            in.time(),
            in.time(),
            RowPacker.REASONS.get(in.count()),
            in.optionalText(),
            in.optionalText(),
            in.time(),
            in.count())
        : null;
  }

  private @Nullable Upstream upstream() {
    return in.flag()
        ? new Upstream(
            in.text(),
            in.optionalText(),
            in.optionalText(),
            in.text(),
            in.text(),
            in.optionalText(),
            in.time(),
            in.count(),
            in.number())
        : null;
  }

  private @Nullable Claim claim() {
    return in.flag() ? new Claim(in.text(), in.text(), in.number()) : null;
  }

  private @Nullable Failure failure() {
    return in.flag()
        ? new Failure(
            RowPacker.FAILURES.get(in.count()), in.number(), in.count(), in.time(), in.time())
        : null;
  }

  private List<ChallengeSlot> challenges() {
    int size = in.count();
    if (size == 0) {
      return List.of();
    }
    List<ChallengeSlot> slots = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      slots.add(
          new ChallengeSlot(
              in.text(),
              in.text(),
              in.text(),
              in.count(),
              in.number(),
              in.number(),
              in.time(),
              in.count()));
    }
    return slots;
  }

  private Budgets budgets() {
    Budgets budgets = new Budgets(in.count(), in.count(), in.count(), in.number());
    return budgets.equals(Budgets.NONE) ? Budgets.NONE : budgets;
  }
}
