package dev.tokenlife.transition;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Failure;
import dev.tokenlife.model.FailureKind;

/** How failures that outlive the process are counted. */
final class Failures {
  private Failures() {}

  static Failure next(ChainRow row, FailureKind kind, Moment moment, long notBefore) {
    Failure old = row.failure();
    boolean goesOn = old != null && old.generation() == row.generation() && old.kind() == kind;
    return old != null && goesOn
        ? new Failure(kind, row.generation(), old.count() + 1, old.since(), notBefore)
        : new Failure(kind, row.generation(), 1, moment.now(), notBefore);
  }
}
