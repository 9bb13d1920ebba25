package dev.tokenlife.transition;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChallengeSlot;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.PreviousToken;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens of the current sequence can be consumed: the current one until it expires, and the
 * one rotated out just before it while their overlap lasts.
 */
final class Acceptance {
  private Acceptance() {}

  /** Returns the token to be consumed, in the form it is remembered in; null if it is not good. */
  static @Nullable PreviousToken of(ChainRow row, Presented token, Moment moment) {
    CurrentToken current = row.current();
    if (current != null && token.generation() == current.generation()) {
      return moment.now() < current.expiresAt()
          ? consumed(current.generation(), current.seq(), current.keyId(), current.expiresAt())
          : null;
    }
    PreviousToken previous = row.previous();
    boolean inOverlap =
        previous != null
            && previous.reason() == PreviousToken.Reason.ROTATED
            && previous.generation() == token.generation()
            && previous.seq() == row.seq()
            && moment.now() < previous.graceUntil()
            && moment.now() < previous.expiresAt();
    return previous != null && inOverlap
        ? consumed(previous.generation(), previous.seq(), previous.keyId(), previous.expiresAt())
        : null;
  }

  /**
   * Returns the token that a scanner was challenged for, as it is remembered; one that was rotated
   * out twice meanwhile is known by its slot alone.
   */
  static PreviousToken scanned(ChainRow row, ChallengeSlot slot) {
    CurrentToken current = row.current();
    if (current != null && current.generation() == slot.generation()) {
      return consumed(current.generation(), current.seq(), current.keyId(), current.expiresAt());
    }
    PreviousToken previous = row.previous();
    if (previous != null && previous.generation() == slot.generation()) {
      return consumed(
          previous.generation(), previous.seq(), previous.keyId(), previous.expiresAt());
    }
    return consumed(slot.generation(), slot.seq(), slot.keyId(), slot.expiresAt());
  }

  private static PreviousToken consumed(long generation, long seq, int keyId, long expiresAt) {
    return new PreviousToken(
        generation, seq, keyId, expiresAt, 0, PreviousToken.Reason.HANDED_OVER, null, null, 0, 0);
  }
}
