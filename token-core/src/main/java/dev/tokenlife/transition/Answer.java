package dev.tokenlife.transition;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Refusal;

/** What a command on an issued chain comes to. */
public sealed interface Answer {
  /**
   * It is done.
   *
   * @param row the row that says so
   * @param repeat whether it had been done before and nothing new was minted
   */
  record Done(ChainRow row, boolean repeat) implements Answer {}

  /** It is refused. */
  record Refused(Refusal refusal) implements Answer {}

  /**
   * A consumed token was used again, and the row now says so.
   *
   * @param row the row after it was counted
   */
  record ReuseDetected(ChainRow row) implements Answer {}

  /**
   * Whether the actor is eligible must be asked first, for the sequence that was read.
   *
   * @param row the row to ask about
   */
  record AskEligibility(ChainRow row) implements Answer {}

  /**
   * One guess is paid for; now it may be compared.
   *
   * @param row the row after the attempt was taken
   * @param slotNonce the slot to compare with and to find again
   */
  record Compare(ChainRow row, String slotNonce) implements Answer {}
}
