package dev.tokenlife.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The next row in the making: starts as a copy, every call replaces one part. Not thread-safe. */
public final class RowDraft {
  private final ChainKey key;
  private ChainOrigin origin;
  private ChainControl control;
  private Position position;
  private @Nullable CurrentToken current;
  private @Nullable PreviousToken previous;
  private @Nullable Upstream upstream;
  private @Nullable Claim claim;
  private @Nullable Failure failure;
  private List<ChallengeSlot> challenges;
  private Budgets budgets;

  RowDraft(ChainRow row) {
    key = row.key();
    origin = row.origin();
    control = row.control();
    position = row.position();
    current = row.current();
    previous = row.previous();
    upstream = row.upstream();
    claim = row.claim();
    failure = row.failure();
    challenges = row.challenges();
    budgets = row.budgets();
  }

  public RowDraft origin(ChainOrigin next) {
    origin = next;
    return this;
  }

  public RowDraft control(ChainControl next) {
    control = next;
    return this;
  }

  public RowDraft position(Position next) {
    position = next;
    return this;
  }

  public RowDraft current(@Nullable CurrentToken next) {
    current = next;
    return this;
  }

  public RowDraft previous(@Nullable PreviousToken next) {
    previous = next;
    return this;
  }

  public RowDraft upstream(@Nullable Upstream next) {
    upstream = next;
    return this;
  }

  public RowDraft claim(@Nullable Claim next) {
    claim = next;
    return this;
  }

  public RowDraft failure(@Nullable Failure next) {
    failure = next;
    return this;
  }

  public RowDraft challenges(List<ChallengeSlot> next) {
    challenges = next;
    return this;
  }

  public RowDraft budgets(Budgets next) {
    budgets = next;
    return this;
  }

  /** Returns the finished row. */
  public ChainRow row() {
    return new ChainRow(
        key,
        origin,
        control,
        position,
        current,
        previous,
        upstream,
        claim,
        failure,
        challenges,
        budgets);
  }
}
