package dev.tokenlife.transition;

import dev.tokenlife.model.ChainRow;

/** What a command on a fetched chain comes to. */
public sealed interface FetchAnswer {
  /**
   * It is done; or it had been done before.
   *
   * @param row the row that says so
   */
  record Done(ChainRow row, boolean already) implements FetchAnswer {}

  /**
   * The row stands at another generation than the command is about: somebody else was first.
   *
   * @param row the row as it is
   */
  record Moved(ChainRow row) implements FetchAnswer {}

  /**
   * Another process has announced a call to the source.
   *
   * @param row the row with its claim
   */
  record ClaimedByOther(ChainRow row) implements FetchAnswer {}

  /**
   * A failure of this generation forbids a call for now.
   *
   * @param row the row with the failure
   */
  record Forbidden(ChainRow row) implements FetchAnswer {}

  /**
   * The chain is suspended, expired or over.
   *
   * @param row the row as it is
   */
  record NotActive(ChainRow row) implements FetchAnswer {}

  /** Nothing could be decided; try again. */
  record Busy() implements FetchAnswer {}

  /** There is no such fetched chain. */
  record Absent() implements FetchAnswer {}
}
