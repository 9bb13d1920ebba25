package dev.tokenlife.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.ChallengeRule;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.Upstream;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every write of every transition, whatever the command.
 *
 * @param policy the chain's rules; null for fetched chains
 */
record RowLaws(@Nullable ChainPolicy policy) {
  private static final long FAR_MILLIS = 5_000;

  /** Checks one decision on one row. */
  void check(@Nullable ChainRow before, Decision<?> decision, Evaluation evaluation) {
    ChainRow next = decision.next();
    if (next == null) {
      assertThat(decision.companions()).isEmpty();
      return;
    }
    assertThat(next.control().op()).isEqualTo(evaluation.op());
    if (before == null) {
      assertThat(next.control().revision()).isEqualTo(1);
      assertThat(next.state()).isEqualTo(ChainState.ACTIVE);
    } else {
      checkStep(before, next, evaluation);
      checkOrder(before, next);
    }
    checkShape(next);
    checkEffects(before, next, decision.companions());
  }

  private static void checkStep(ChainRow before, ChainRow next, Evaluation evaluation) {
    assertThat(next.key()).isEqualTo(before.key());
    assertThat(next.origin()).isEqualTo(before.origin());
    assertThat(next.control().revision()).isEqualTo(before.control().revision() + 1);
    assertThat(next.control().lastUse()).isGreaterThanOrEqualTo(before.control().lastUse());
    if (next.control().lastAt() < before.control().lastAt()) {
      assertThat(next.generation())
          .as("only a new token lowers lastAt")
          .isEqualTo(before.generation() + 1);
      assertThat(before.control().lastAt() - evaluation.processNow()).isGreaterThan(FAR_MILLIS);
      assertThat(next.challenges()).isEmpty();
    }
  }

  private static void checkOrder(ChainRow before, ChainRow next) {
    boolean minted = before.origin().kind() == ChainKind.MINTED;
    assertThat(next.generation()).isBetween(before.generation(), before.generation() + 1);
    assertThat(next.seq()).isBetween(before.seq(), before.seq() + 1);
    if (next.seq() > before.seq()) {
      assertThat(next.generation()).isEqualTo(before.generation() + 1);
      assertThat(next.position().previousHolder()).isEqualTo(before.position().holder());
      assertThat(next.challenges()).isEmpty();
    } else {
      assertThat(next.position().holder()).as("I7").isEqualTo(before.position().holder());
    }
    if (minted) {
      assertThat(before.state().isFinal()).as("I6, I13: final is final").isFalse();
      if (before.state() == ChainState.SUSPENDED && next.state() == ChainState.SUSPENDED) {
        assertThat(next.generation()).as("I5").isEqualTo(before.generation());
      }
    }
    boolean sameToken = Objects.equals(next.current(), before.current());
    boolean gone = next.current() == null;
    assertThat(sameToken || gone || next.generation() > before.generation()).as("I4").isTrue();
  }

  private void checkShape(ChainRow next) {
    assertThat(next.challenges()).hasSizeLessThanOrEqualTo(ChallengeRule.SLOTS);
    if (next.state().isFinal()) {
      assertThat(next.current()).isNull();
      assertThat(next.previous()).isNull();
      Upstream kept = next.upstream();
      assertThat(kept)
          .as("T11 keeps the grant's name alone")
          .isEqualTo(kept == null ? null : kept.ended());
      assertThat(next.challenges()).isEmpty();
      return;
    }
    CurrentToken current = next.current();
    if (next.origin().kind() == ChainKind.MINTED) {
      assertThat(current).isNotNull();
      checkIssued(next, current, Objects.requireNonNull(policy).ttl().toMillis());
    } else if (current != null) {
      assertThat(current.generation()).isEqualTo(next.generation());
    }
  }

  private static void checkIssued(ChainRow next, CurrentToken current, long ttl) {
    assertThat(current.generation()).isEqualTo(next.generation());
    assertThat(current.seq()).isEqualTo(next.seq());
    assertThat(current.issuedAt()).isEqualTo(next.position().lastRotation());
    long end = next.origin().absoluteExpiresAt();
    assertThat(current.expiresAt()).as("I16").isEqualTo(Math.min(current.issuedAt() + ttl, end));
    assertThat(next.position().holder()).isNotNull();
    if (next.previous() != null) {
      assertThat(next.previous().generation()).isLessThan(current.generation());
      assertThat(next.previous().seq()).isLessThanOrEqualTo(current.seq());
    }
  }

  /** I15: exactly the hand-overs and reassignments leave an effect, in the same write. */
  private void checkEffects(
      @Nullable ChainRow before, ChainRow next, List<CompanionChange> companions) {
    List<Long> effects =
        companions.stream()
            .filter(change -> change.op() == CompanionChange.Op.INSERT)
            .map(CompanionChange::companion)
            .filter(Companion.EffectRow.class::isInstance)
            .map(row -> ((Companion.EffectRow) row).effect().seq())
            .toList();
    boolean due = before != null && next.seq() > before.seq() && policy != null && policy.effects();
    assertThat(effects).isEqualTo(due ? List.of(next.seq()) : List.of());
  }
}
