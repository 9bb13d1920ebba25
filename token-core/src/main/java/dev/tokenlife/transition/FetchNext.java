package dev.tokenlife.transition;

import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Position;
import dev.tokenlife.model.RowDraft;
import dev.tokenlife.model.Upstream;

/** How a new token changes the row of a fetched chain: T13 and T14 share it. */
final class FetchNext {
  private FetchNext() {}

  /**
   * Generation + 1, upstream replaced as a whole, claim and failure cleared. A row written by a
   * fast clock comes back to the process's time with its new token, as an issued one does.
   */
  static RowDraft tokens(
      RowDraft draft, ChainRow row, NewTokens tokens, Upstream upstream, Moment moment) {
    Position old = row.position();
    ChainControl control = draft.row().control();
    return draft
        .control(
            new ChainControl(
                control.revision(),
                control.op(),
                control.adminRequestId(),
                control.state(),
                control.closeReason(),
                moment.now(),
                control.lastUse()))
        .position(
            new Position(
                old.seq(),
                old.generation() + 1,
                old.holder(),
                old.previousHolder(),
                old.holderKey(),
                tokens.issuedAt()))
        .current(tokens.current(row))
        .upstream(upstream)
        .claim(null)
        .failure(null);
  }
}
