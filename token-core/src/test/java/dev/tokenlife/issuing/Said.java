package dev.tokenlife.issuing;

import dev.tokenlife.model.AdminResult;
import dev.tokenlife.model.ChallengeResult;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.OpenResult;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.testing.ProcessKilled;
import java.util.function.Supplier;

/** What a caller knows after a command. */
enum Said {
  /** It is done. */
  DONE,
  /** It is not done and never will be. */
  REFUSED,
  /** Nobody decided; it may be done. */
  BUSY,
  /** The store failed and nothing was written. */
  FAILED,
  /** The store failed and nobody knows. */
  UNSURE,
  /** The caller is dead. */
  KILLED;

  static Said by(Supplier<Said> act) {
    try {
      return act.get();
    } catch (ProcessKilled killed) {
      return KILLED;
    } catch (StoreException failure) {
      return failure.kind() == StoreException.Kind.UNKNOWN ? UNSURE : FAILED;
    }
  }

  static Said of(OpenResult result) {
    return result instanceof OpenResult.Opened
        ? DONE
        : result instanceof OpenResult.Busy ? BUSY : REFUSED;
  }

  static Said of(PollResult result) {
    return result instanceof PollResult.Live
        ? DONE
        : result instanceof PollResult.Busy ? BUSY : REFUSED;
  }

  static Said of(HandOverResult result) {
    return result instanceof HandOverResult.Refused refused ? of(refused.refusal()) : DONE;
  }

  static Said of(ChallengeResult result) {
    return result instanceof ChallengeResult.Refused refused ? of(refused.refusal()) : DONE;
  }

  static Said of(AdminResult result) {
    return result instanceof AdminResult.Refused refused ? of(refused.refusal()) : DONE;
  }

  private static Said of(Refusal refusal) {
    return refusal == Refusal.BUSY ? BUSY : REFUSED;
  }
}
