package dev.tokenlife.transition;

import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.ChallengeRule;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.Position;
import dev.tokenlife.model.RowDraft;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of the next row that follow the same rule in every transition. */
final class Next {
  private static final Duration DEFAULT_LOCK = ChallengeRule.standard().lockTime();

  private Next() {}

  /** A draft with the next revision, this attempt's op, and a time that never goes back. */
  static RowDraft touched(ChainRow row, Moment moment, Evaluation evaluation) {
    ChainControl old = row.control();
    return row.draft()
        .control(
            new ChainControl(
                old.revision() + 1,
                evaluation.op(),
                old.adminRequestId(),
                old.state(),
                old.closeReason(),
                Math.max(old.lastAt(), moment.now()),
                old.lastUse()));
  }

  /** {@link #touched}, and counts as a use. */
  static RowDraft used(ChainRow row, Moment moment, Evaluation evaluation) {
    RowDraft draft = touched(row, moment, evaluation);
    ChainControl control = draft.row().control();
    return draft.control(usedAt(control, control.lastAt(), moment.now()));
  }

  /** {@link #touched}, by an administrator, into a state. */
  static RowDraft administered(
      ChainRow row, Moment moment, Evaluation evaluation, String requestId, ChainState state) {
    RowDraft draft = touched(row, moment, evaluation);
    ChainControl control = draft.row().control();
    return draft.control(
        new ChainControl(
            control.revision(),
            control.op(),
            requestId,
            state,
            control.closeReason(),
            control.lastAt(),
            control.lastUse()));
  }

  /**
   * Gives the draft a new current token. Only this may lower the row's time: a row written by a
   * fast clock comes back to the process's time, and with it go its challenges and any lock longer
   * than the rule allows.
   */
  static RowDraft mint(
      RowDraft draft, Position position, ChainPolicy policy, Moment moment, int keyId) {
    ChainRow row = draft.row();
    long expiresAt = saturatedSum(moment.now(), policy.ttl().toMillis());
    expiresAt = Math.min(expiresAt, row.origin().absoluteExpiresAt());
    draft
        .position(
            new Position(
                position.seq(),
                row.generation() + 1,
                position.holder(),
                position.previousHolder(),
                position.holderKey(),
                moment.now()))
        .current(
            new CurrentToken(row.generation() + 1, position.seq(), moment.now(), expiresAt, keyId))
        .control(usedAt(row.control(), moment.now(), moment.now()));
    if (moment.far()) {
      draft.challenges(List.of()).budgets(shortLock(row.budgets(), policy, moment.now()));
    }
    return draft;
  }

  static long saturatedSum(long millis, long more) {
    return millis > Long.MAX_VALUE - more ? Long.MAX_VALUE : millis + more;
  }

  static Duration lockTime(@Nullable ChallengeRule rule) {
    return rule == null ? DEFAULT_LOCK : rule.lockTime();
  }

  private static ChainControl usedAt(ChainControl control, long lastAt, long now) {
    return new ChainControl(
        control.revision(),
        control.op(),
        control.adminRequestId(),
        control.state(),
        control.closeReason(),
        lastAt,
        Math.max(control.lastUse(), now));
  }

  private static Budgets shortLock(Budgets budgets, ChainPolicy policy, long now) {
    long latest = saturatedSum(now, lockTime(policy.challenge()).toMillis());
    return new Budgets(
        budgets.failedChallenges(),
        budgets.challengesThisSeq(),
        budgets.reuseCount(),
        Math.min(budgets.lockedUntil(), latest));
  }
}
